import { pickChoice } from '../../src/content/pick-choice'
import { composeBriefing, type Briefing } from '../../src/content/to-agent/briefing/briefing'
import { cleanLabel } from '../../src/content/to-agent/labels/clean-label'
import { judgeFile } from '../../src/content/to-agent/files/file-name'
import { readHistory } from '../../src/content/to-agent/history'
import { guardLabels, labelled } from '../../src/content/to-agent/labels/live-labels'
import { markdownToText } from '../../src/content/to-agent/texts/markdown-to-text'
import { customerEvents } from '../../src/content/to-agent/outgoing-events'
import { shownAddress, withoutKeys } from '../../src/content/to-agent/addresses/safe-address'
import { splitText } from '../../src/content/to-agent/texts/split-text'
import { personLabel } from '../../src/content/to-agent/labels/speakers'
import { linesOf, showAutolinksOnce } from '../../src/content/to-agent/texts/words'
import type { LiveChatEvent } from '../../src/livechat/schema'
import { nameInDisposition } from '../../src/shared/downloads/disposition-name'

const brief = (parts: Partial<Briefing>): string =>
  composeBriefing({
    title: undefined,
    description: undefined,
    fields: {},
    history: [],
    endUserId: 'user_1',
    names: new Map(),
    ...parts,
  })

const said = (type: string, text: string, source: object): string => {
  const payload = { text, title: text, fileUrl: 'https://files.example/a.pdf' }
  return brief({ history: readHistory([{ source, type, payload }]).entries })
}

const question = (label: string): LiveChatEvent => ({
  id: 'e1',
  type: 'rich_message',
  author_id: 'agent',
  elements: [{ buttons: [{ type: 'message', text: label, postback_id: 'p1', user_ids: [] }] }],
})

/** Every conversion over what people write, or over their words as a bot or a channel quotes them. */
export const conversions: Record<string, (text: string) => unknown> = {
  'end user → agent': (text) => customerEvents(text, 'id'),
  'another person → agent': (text) => labelled(guardLabels(text, 'Plum'), 'Plum'),
  'Markdown → text': markdownToText,
  'autolinks once': showAutolinksOnce,
  'lines of a text': linesOf,
  'pieces of a text': (text) => splitText(text, 1_000),
  'text without keys': withoutKeys,
  'address shown or not': shownAddress,
  'name as a label': personLabel,
  'value as a label': (text) => cleanLabel(text, 500),
  'name of a file': (text) =>
    judgeFile(
      { mediaType: 'file', url: `https://files.example/${text}`, title: text, fileName: text },
      { bytes: Buffer.from('x'), contentType: text, fileName: text },
    ),
  'name in a header': nameInDisposition,
  'answer to a choice': (text) => pickChoice([question('Blue')], 'e1', 'customer', text),
  'label of a choice': (text) => pickChoice([question(text)], 'e1', 'customer', 'Blue'),
  'briefing: a title': (text) => brief({ title: text }),
  'briefing: a description': (text) => brief({ description: text }),
  'briefing: a detail': (text) => brief({ fields: { Detail: text } }),
  'briefing: the name of a detail': (text) => brief({ fields: { [text]: 'x' } }),
  'briefing: words of the end user': (text) => said('text', text, { type: 'user', userId: 'user_1' }),
  'briefing: words of the bot': (text) => said('text', text, { type: 'bot' }),
  'briefing: a file': (text) => said('file', text, { type: 'user', userId: 'user_1' }),
}
