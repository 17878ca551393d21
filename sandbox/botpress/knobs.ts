/**
 * What no document settles about the platform, one knob for each doubt. The defaults are what we believe; important
 * tests should pass with every setting. Values may be changed while the emulator runs.
 */
export type BotpressKnobs = {
  /**
   * Two simultaneous get-or-create calls both create. Doubt: no document says that look-up and creation are one
   * transaction. Default false.
   */
  raceGetOrCreate: boolean
  /** Real milliseconds between look-up and creation while `raceGetOrCreate` is on. Default 20. */
  raceWindowMs: number
  /**
   * Clock time that the plugin's five calls between the return of `startHitl` and the activation of the session take
   * together. Doubt: in life it is 0.3 to 1.5 s. Default 0: five turns of the event loop.
   */
  activationDelayMs: number
  /**
   * The integration sees the plugin's tags, as `hitl#upstream` and the like, and its exact-match look-ups compare them.
   * Doubt: whether tags of bots and plugins are hidden from integrations. Default false.
   */
  pluginTagsVisible: boolean
  /**
   * Clock time by which lists of users, conversations and messages lag behind writes. Doubt: whether a list shows at
   * once what was just written. Default 0.
   */
  listLagMs: number
  /** Clock time by which reads of one user, conversation, message or state lag behind writes. Doubt: as with lists. Default 0. */
  readLagMs: number
  /** Objects on one page of a list, and so messages in the history of a handoff. Default 20. */
  pageSize: number
  /**
   * Failed `message_created` operations are sent again, at most twice. Doubt: whether the platform repeats a failed
   * operation. Default false: one failure loses the message.
   */
  repeatFailedOperations: boolean
  /**
   * Clock time after which a failed operation is sent again. Meanwhile the later messages of the conversation wait.
   * Doubt: not documented. Default 0.
   */
  repeatAfterMs: number
  /** Real milliseconds that an operation may take. The limit is not published. Default 60 000. */
  operationTimeoutMs: number
  /**
   * States of type `integration` survive `upgrade()`. Doubt: not documented. Default true.
   */
  stateSurvivesUpgrade: boolean
  /**
   * Order in which messages and events of one conversation are processed. Doubt: whether the platform keeps the order
   * of creation. `shuffled` holds each back for up to 20 real milliseconds. Default `creation`.
   */
  processingOrder: 'creation' | 'shuffled'
  /**
   * `message_created` operations of one conversation overlap. Doubt: whether the platform waits for one before it sends
   * the next. Default false.
   */
  concurrentMessageOperations: boolean
  /**
   * `stopHitl` is called without waiting for the answer to the farewell message. Doubt: whether the bot's
   * `createMessage` returns before the integration handled it. Default false.
   */
  stopOvertakesFarewell: boolean
  /**
   * A message or event of the integration with fields that its schema does not know is refused. Doubt: the schemas
   * forbid them, yet the plugin itself sends such fields. Default true.
   */
  strictIncomingPayloads: boolean
  /** History entries carry the stray `type` and `userId` of relayed messages. Doubt: the platform may strip them. Default true. */
  historyPayloadExtras: boolean
  /**
   * Each history message of a person not linked yet calls `createUser`, all at the same time, as the plugin does.
   * Default true.
   */
  linksAuthorsPerMessage: boolean
  /** Defaults in the configuration's schema are filled in when it is saved. Doubt: the forms do, the API may not. Default false. */
  applyConfigurationDefaults: boolean
  /** What `patchState` does to a missing state. Not documented. Default `fails` (404). */
  patchMissingState: 'fails' | 'creates'
  /**
   * Error for a user or conversation that does not exist, if a new message, event or state refers to it. Default
   * ReferenceNotFound.
   */
  missingReferenceError: 'ReferenceNotFound' | 'ResourceNotFound'
  /** Clock time before a public file answers, unless it was uploaded as immediately accessible. Default 5 000. */
  publicFileDelayMs: number
  /** Clock time after which the url of a private file expires. Default one hour. */
  privateFileUrlMs: number
  /**
   * The integration is installed under another alias than its name. The plugin knows the integration by its alias, the
   * API names it in conversations by the alias as well. Default false.
   */
  usesOwnAlias: boolean
  /**
   * Messages of one end user are processed side by side, and so two starts may overlap: the plugin does not serialise
   * them. Doubt: whether the platform runs one bot invocation per conversation at a time. Default false.
   */
  concurrentUpstreamMessages: boolean
  /**
   * Messages of a conversation may have the same millisecond; the history of a handoff then has them in reverse.
   * Doubt: how soon after each other a bot's messages are stored. Default false: each is later than the one before.
   */
  equalMessageTimes: boolean
  /**
   * What the webchat does when the plugin asks it for its copy of an agent. `updated`: the copy gets the agent's present
   * name. `kept`: it keeps its first name. `refused`: the call fails. Doubt: the webchat's source is not public. Default
   * `updated`.
   */
  webchatCopiesOfAgents: 'updated' | 'kept' | 'refused'
  /**
   * The integration can look up users of the end user's channel, such as the webchat's copy of an agent. Doubt: not
   * documented. Default false.
   */
  channelUsersReadable: boolean
  /** The plugin ignores a second start for the same message of the end user, as its source says. Default true. */
  ignoresRepeatedStart: boolean
}

export const defaultKnobs: BotpressKnobs = {
  raceGetOrCreate: false,
  raceWindowMs: 20,
  activationDelayMs: 0,
  pluginTagsVisible: false,
  listLagMs: 0,
  readLagMs: 0,
  pageSize: 20,
  repeatFailedOperations: false,
  repeatAfterMs: 0,
  operationTimeoutMs: 60_000,
  stateSurvivesUpgrade: true,
  processingOrder: 'creation',
  concurrentMessageOperations: false,
  stopOvertakesFarewell: false,
  strictIncomingPayloads: true,
  historyPayloadExtras: true,
  linksAuthorsPerMessage: true,
  applyConfigurationDefaults: false,
  patchMissingState: 'fails',
  missingReferenceError: 'ReferenceNotFound',
  publicFileDelayMs: 5_000,
  privateFileUrlMs: 3_600_000,
  usesOwnAlias: false,
  concurrentUpstreamMessages: false,
  equalMessageTimes: false,
  webchatCopiesOfAgents: 'updated',
  channelUsersReadable: false,
  ignoresRepeatedStart: true,
}
