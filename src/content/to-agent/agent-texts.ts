/** The integration's own texts to agents. */
export const agentTexts = {
  opening: 'The bot has handed this conversation over to you.',
  conversation: 'Conversation so far:',
  earlierSession: 'Earlier, with an agent:',
  sinceThen: 'Since then:',
  bot: 'Bot',
  agent: 'Agent',
  nameless: 'Customer',
  somebody: 'Somebody',
  /** A name that could be taken for a role. */
  customerNamed: (name: string): string => `Customer “${name}”`,
  seeAbove: '(see above)',
  cannotBeShown: '(something that cannot be shown here)',
  phone: 'Phone',
  language: 'Language',
  tags: 'Tags',
  picked: (label: string): string => `${label} (chosen)`,
  more: (count: number): string => `… ${count} more`,
  messagesLeftOut: (count: number): string => `… ${count} ${count === 1 ? 'message' : 'messages'} left out …`,
  charactersLeftOut: (count: number): string => ` … ${count} ${count === 1 ? 'character' : 'characters'} left out … `,
  mediaKinds: { image: 'Image', audio: 'Audio', video: 'Video', file: 'File' },
  mediaKindsInSentence: { image: 'an image', audio: 'an audio file', video: 'a video', file: 'a file' },
  /** Stands behind the label of who sent it. */
  sent: (what: string): string => `sent ${what}:`,
  linkInstead: {
    too_large: 'larger than 10 MB',
    not_reachable: 'could not be copied',
    address_not_allowed: 'could not be copied',
    executable: 'LiveChat does not accept programs',
    refused: 'LiveChat does not accept this file',
    empty: 'the address gives an empty file',
    page: 'the address gives a web page or a message, not the file',
  },
  /** Why an address is not shown. */
  notLinked: { key: 'which cannot be linked safely', data: 'which has no address of its own' },
  dataLeftOut: '[a file without an address]',
  keyLeftOut: '[a link that cannot be shown safely]',
} as const
