import { languageCode } from '../language'

/**
 * The integration's own texts to end users, in the language of the session. All other texts come from the bot, the
 * plugin or an agent.
 */
const texts = {
  en: {
    namelessAgent: 'Agent',
    waitingAgain: 'You are being transferred. Please wait for the next available agent.',
    correction: 'Correction:',
    messageDeleted: 'A message from the agent was removed.',
    notDelivered: 'Your message did not reach the agent. Please send it again.',
    maybeNotDelivered:
      'It is not certain that your message reached the agent. Please ask them before you send it again.',
    chatClosed: 'The chat was already closed, so your message did not reach the agent.',
  },
  es: {
    namelessAgent: 'Agente',
    waitingAgain: 'Le estamos transfiriendo. Le atenderá el próximo agente disponible.',
    correction: 'Corrección:',
    messageDeleted: 'Se ha eliminado un mensaje del agente.',
    notDelivered: 'Su mensaje no ha llegado al agente. Envíelo de nuevo, por favor.',
    maybeNotDelivered: 'No es seguro que su mensaje haya llegado al agente. Pregúntele antes de enviarlo de nuevo.',
    chatClosed: 'El chat ya estaba cerrado: su mensaje no ha llegado al agente.',
  },
  fr: {
    namelessAgent: 'Agent',
    waitingAgain: 'Nous transférons votre conversation. Le prochain agent disponible vous répondra.',
    correction: 'Correction\u00a0:',
    messageDeleted: 'Un message de l’agent a été supprimé.',
    notDelivered: 'Votre message n’est pas parvenu à l’agent. Veuillez le renvoyer.',
    maybeNotDelivered:
      'Il n’est pas certain que votre message soit parvenu à l’agent. Demandez-le-lui avant de le renvoyer.',
    chatClosed: 'La conversation était déjà fermée\u00a0: votre message n’est pas parvenu à l’agent.',
  },
  de: {
    namelessAgent: 'Mitarbeiter',
    waitingAgain: 'Sie werden weitergeleitet. Der nächste freie Mitarbeiter meldet sich bei Ihnen.',
    correction: 'Korrektur:',
    messageDeleted: 'Eine Nachricht des Mitarbeiters wurde entfernt.',
    notDelivered: 'Ihre Nachricht hat den Mitarbeiter nicht erreicht. Bitte senden Sie sie noch einmal.',
    maybeNotDelivered:
      'Es ist nicht sicher, ob Ihre Nachricht den Mitarbeiter erreicht hat. Bitte fragen Sie nach, bevor Sie sie noch einmal senden.',
    chatClosed: 'Der Chat war schon geschlossen. Ihre Nachricht hat den Mitarbeiter nicht erreicht.',
  },
  pt: {
    namelessAgent: 'Atendente',
    waitingAgain: 'Estamos transferindo sua conversa. O próximo agente disponível vai atender você.',
    correction: 'Correção:',
    messageDeleted: 'Uma mensagem do agente foi removida.',
    notDelivered: 'Sua mensagem não chegou ao agente. Envie-a novamente, por favor.',
    maybeNotDelivered: 'Não é certo que sua mensagem tenha chegado ao agente. Pergunte antes de enviá-la novamente.',
    chatClosed: 'O chat já estava fechado, por isso sua mensagem não chegou ao agente.',
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

/** Whether a name only says that somebody is an agent, because nobody knew the agent's name. */
export const isNameless = (name: string | undefined, overrides: TextOverrides = {}): boolean =>
  !name || name === overrides.namelessAgent || Object.values(texts).some(({ namelessAgent }) => name === namelessAgent)

const isLanguage = (text: string): text is keyof typeof texts => Object.hasOwn(texts, text)
