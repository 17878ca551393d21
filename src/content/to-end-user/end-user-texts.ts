import { languageCode } from '../language'

/**
 * The integration's own texts to end users, in the language of the session. All other texts come from the bot, the
 * plugin or an agent.
 */
const texts = {
  en: {
    waitingAgain: 'You are being transferred. Please wait for the next available agent.',
    correction: 'Correction:',
    messageDeleted: 'A message from the agent was removed.',
  },
  es: {
    waitingAgain: 'Le estamos transfiriendo. Le atenderá el próximo agente disponible.',
    correction: 'Corrección:',
    messageDeleted: 'Se ha eliminado un mensaje del agente.',
  },
  fr: {
    waitingAgain: 'Nous transférons votre conversation. Le prochain agent disponible vous répondra.',
    correction: 'Correction\u00a0:',
    messageDeleted: 'Un message de l’agent a été supprimé.',
  },
  de: {
    waitingAgain: 'Sie werden weitergeleitet. Der nächste freie Mitarbeiter meldet sich bei Ihnen.',
    correction: 'Korrektur:',
    messageDeleted: 'Eine Nachricht des Mitarbeiters wurde entfernt.',
  },
  pt: {
    waitingAgain: 'Estamos transferindo sua conversa. O próximo agente disponível vai atender você.',
    correction: 'Correção:',
    messageDeleted: 'Uma mensagem do agente foi removida.',
  },
} as const

export type TextKey = keyof (typeof texts)['en']
/**
 * Texts that the bot's owner enters. Each one replaces our text in every language. An empty one switches the text off.
 */
export type TextOverrides = { [K in TextKey]?: string | undefined }

/**
 * A text of ours, or `undefined` if it is switched off. If we have no texts in `language`, or do not know it, the
 * text is English.
 */
export const ourText = (
  key: TextKey,
  language: string | undefined,
  overrides: TextOverrides = {},
): string | undefined => {
  const code = languageCode(language)
  const inLanguage = code !== undefined && isLanguage(code) ? texts[code] : texts.en
  const text = overrides[key] ?? inLanguage[key]
  return text.trim() === '' ? undefined : text
}

const isLanguage = (text: string): text is keyof typeof texts => Object.hasOwn(texts, text)
