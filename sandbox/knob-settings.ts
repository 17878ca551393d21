import { defaultKnobs as botpressDefaults, type BotpressKnobs } from './botpress/knobs'
import { botpressDoubts, livechatDoubts } from './doubts'
import { defaultKnobs as livechatDefaults, type LiveChatKnobs } from './livechat/knobs'

export type KnobSettings = { livechatKnobs: Partial<LiveChatKnobs>; botpressKnobs: Partial<BotpressKnobs> }

/** One value of one knob that a vendor may turn out to have. */
export type Doubt = { side: keyof KnobSettings; name: string; value: string | number | boolean }

const doubtsOf = (side: Doubt['side'], table: typeof livechatDoubts | typeof botpressDoubts): Doubt[] =>
  Object.entries(table).flatMap(([name, values]) =>
    Array.isArray(values) ? values.map((value: Doubt['value']) => ({ side, name, value })) : [],
  )

export const allDoubts: Doubt[] = [
  ...doubtsOf('livechatKnobs', livechatDoubts),
  ...doubtsOf('botpressKnobs', botpressDoubts),
]

export const nameOf = ({ name, value }: Doubt): string => `${name}=${value}`

const knobNames = [...Object.keys(livechatDefaults), ...Object.keys(botpressDefaults)].sort()

/** Reads settings as they are typed, `refuseFilledFormFromCustomer=true`. Throws what a person must correct. */
export const readKnobSettings = (texts: readonly string[]): KnobSettings => {
  const settings: KnobSettings = { livechatKnobs: {}, botpressKnobs: {} }
  for (const text of texts) {
    const { side, name, value } = readSetting(text)
    Object.assign(settings[side], { [name]: value })
  }
  return settings
}

const readSetting = (text: string): Doubt => {
  const at = text.indexOf('=')
  const [name, typed] = [text.slice(0, at), text.slice(at + 1)]
  if (at < 1) throw new Error(`${text}: a knob is set as name=value`)
  const side = Object.hasOwn(livechatDefaults, name) ? 'livechatKnobs' : 'botpressKnobs'
  const defaults = side === 'livechatKnobs' ? livechatDefaults : botpressDefaults
  if (!Object.hasOwn(defaults, name)) throw new Error(`There is no knob ${name}. There are: ${knobNames.join(', ')}`)
  const usual: unknown = Object.getOwnPropertyDescriptor(defaults, name)?.value
  const known = allDoubts.find((doubt) => nameOf(doubt) === text)
  if (known) return known
  if (String(usual) === typed) return { side, name, value: usual as Doubt['value'] }
  if (typeof usual === 'boolean' && /^(true|false)$/.test(typed)) return { side, name, value: typed === 'true' }
  if (typeof usual === 'number' && /^\d+$/.test(typed)) return { side, name, value: Number(typed) }
  const values = allDoubts.filter((doubt) => doubt.name === name).map(({ value }) => String(value))
  const choices = new Set([String(usual), ...values, ...(typeof usual === 'boolean' ? [String(!usual)] : [])])
  throw new Error(`${text}: ${name} may be ${[...choices].join(', ')}`)
}
