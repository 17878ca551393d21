/**
 * What LiveChat's documents leave open. Each knob names the doubt. Each default is what the documents most probably
 * mean.
 */
export type LiveChatKnobs = {
  /** Type of the error for a second `start_chat`: the Web API page lists only `limit_reached`, the SDK says otherwise. */
  secondStartChatError: 'chat_limit_reached' | 'limit_reached' | 'validation_with_message'
  /** Type of the error for resuming an active chat. It is known only as a constant of the Customer SDK. */
  alreadyActiveError: 'chat_already_active' | 'validation'
  /** Type of the error for a chat that the customer does not have: LiveChat's widget catches `not_found`; no page lists one. */
  unknownChatError: 'validation' | 'not_found' | 'authorization'
  /** Type of the error for a `system_message` from a customer. `false`: taken, as LiveChat's own widget and SDKs expect. */
  refuseSystemMessageFromCustomer: false | 'validation' | 'authorization' | 'missing_access'
  /** Whether the field `recipients` of a `system_message` is refused: LiveChat's clients send it, its pages no longer list it. */
  refuseSystemMessageRecipients: boolean
  /** Who sees a `system_message` that was sent without `recipients`: "agents" by the documents of 2019, later ones are silent. */
  defaultSystemMessageRecipients: 'all' | 'agents'
  /** Whether a customer reads the own system messages for `all` in `get_chat`. */
  customerSystemMessageSeenByCustomer: boolean
  /** Whether the agents' app shows system messages of unknown types: LiveChat's widget shows its own types and `custom` only. */
  unknownSystemMessageTypesShown: boolean
  /** Whether a customer may really send a `filled_form`. */
  refuseFilledFormFromCustomer: boolean
  /**
   * When `chat_transferred` (reason `assigned`) fires for a chat's first agent. `fromQueue`: when a waiting chat gets one.
   * `always`: also when an agent is free at the start.
   */
  chatTransferredOnFirstAssignment: 'always' | 'fromQueue' | 'never'
  /** Whether an agent who reopens a chat becomes its source: then `only_my_chats` leaves out all later sessions in it. */
  agentReopenTakesSource: boolean
  /** Whether a chat that its customer closes while it waits stays pinned: the page on properties says so, in passing. */
  pinnedAfterCustomerClose: boolean
  /**
   * What becomes of the agents of a closed thread in the chat's list of users: LiveChat's clients know past agents as not
   * present, no page says from when.
   */
  pastAgents: 'notPresentAtClose' | 'notPresentAtReopening' | 'removedAtReopening'
  /** Whether the place in the queue comes by `thread_properties_updated`: the Customer SDK reads it there (RTM). */
  queuePlaceInProperties: boolean
  /** How reasons of automatic transfers are spelt: the pages on webhooks have no prefix, LiveChat's pushes have one. */
  transferReasonPrefix: 'none' | 'routing'
  /** Whether the Customer API's `update_customer` takes `phone_number`: LiveChat's Python SDK has it since July 2026. */
  phoneNumberOfCustomer: 'accepted' | 'refused' | 'ignored'
  /** Whether remarks on why a chat was closed come as `system` events, LiveChat's "future replacement for system messages". */
  closingRemarkAs: 'system_message' | 'system'
  /** Envelope's `additional_data`: the samples lack it in `chat_transferred` and `thread_summary_set` only. */
  additionalData: 'as_in_samples' | 'always' | 'never'
  /** Whether webhooks are sent after the answer to the request that caused them, or before it and awaited. */
  webhookOrder: 'after' | 'before'
  /** How often each webhook is delivered. LiveChat does not promise exactly once. */
  webhookDuplicates: number
  /** Whether webhooks of one batch leave in random order. LiveChat promises no order. */
  webhookShuffle: boolean
  /** Longest random delay (clock time) of a webhook; lets later ones overtake earlier ones. */
  webhookDelayMs: number
  /** Real time that the moving clock waits for a delivery under way. A receiver that hangs must not stop the clock. */
  deliveryGraceMs: number
  /** Body of a void answer ("No response payload"). The samples show both. */
  voidBody: 'empty' | '{}'
  /** If set, calls without this `X-Region` fail with `misdirected_request`; also the prefix of tokens. */
  region: 'none' | 'dal' | 'fra'
  /** Whether `response_type` is required by the cookie grant: the table says so, an integration in use sends none. */
  requireResponseType: boolean
  /** Whether each token call hands out a new `__lc_cst` (earlier ones stay valid). */
  rotateCst: boolean
  /** Whether a new `__lc_cst` ends the one with which it was asked for. No document says how long an old one is good. */
  newCstEndsOld: boolean
  /**
   * Time without messages after which a thread is closed. In continuous chats, a license property overrides it if set.
   */
  inactivityMs: number
  /** Whether free agents get chats automatically. Otherwise chats wait until `desk.pickUp`. */
  autoAssign: boolean
  /** Whether a chat waits in a queue if all agents are full. Otherwise the group counts as offline. */
  queueWhenFull: boolean
  /** How a customer sees an agent's id: opaque hex, as in all samples, or the e-mail address. */
  agentIdShape: 'hex' | 'email'
  /**
   * Whether system messages on why a thread was closed are for agents only. The documents only say "not all are visible
   * to customers".
   */
  closingRemarksForAgentsOnly: boolean
  /**
   * Shape of an agent's `work_scheduler`: a list with a time zone (LiveChat's newer SDKs), days without one (its older
   * ones), or not at all.
   */
  workSchedulerShape: 'schedule' | 'by_day' | 'absent'
  /**
   * Clock time by which a customer's `list_chats` lags behind openings. Doubt: whether it shows at once what was just
   * opened.
   */
  chatListLagMs: number
  /** How long a webhook that was registered through the API sends nothing. The documents say "up to 2 minutes". */
  configurationDelayMs: number
  /** By how much the `Date` header of LiveChat's answers is ahead of the clock that all sides share. */
  clockAheadMs: number
}

export const defaultKnobs: LiveChatKnobs = {
  secondStartChatError: 'chat_limit_reached',
  alreadyActiveError: 'chat_already_active',
  unknownChatError: 'not_found',
  refuseSystemMessageFromCustomer: false,
  refuseSystemMessageRecipients: false,
  defaultSystemMessageRecipients: 'agents',
  customerSystemMessageSeenByCustomer: true,
  unknownSystemMessageTypesShown: false,
  refuseFilledFormFromCustomer: false,
  chatTransferredOnFirstAssignment: 'fromQueue',
  agentReopenTakesSource: false,
  pinnedAfterCustomerClose: true,
  pastAgents: 'notPresentAtReopening',
  queuePlaceInProperties: false,
  transferReasonPrefix: 'none',
  phoneNumberOfCustomer: 'accepted',
  closingRemarkAs: 'system_message',
  additionalData: 'as_in_samples',
  webhookOrder: 'after',
  webhookDuplicates: 1,
  webhookShuffle: false,
  webhookDelayMs: 0,
  deliveryGraceMs: 1000,
  voidBody: 'empty',
  region: 'none',
  requireResponseType: false,
  rotateCst: true,
  newCstEndsOld: false,
  inactivityMs: 30 * 60_000,
  autoAssign: true,
  queueWhenFull: true,
  agentIdShape: 'hex',
  closingRemarksForAgentsOnly: false,
  workSchedulerShape: 'schedule',
  chatListLagMs: 0,
  configurationDelayMs: 0,
  clockAheadMs: 0,
}
