/** What LiveChat's documents leave open. Each knob names the doubt; each default is the most probable reading. */
export type LiveChatKnobs = {
  /** Type of the error for a second `start_chat`: the Web API page lists only `limit_reached`, the SDK says otherwise. */
  secondStartChatError: 'chat_limit_reached' | 'limit_reached' | 'validation_with_message'
  /** Type of the error for resuming an active chat: known only as a constant of the Customer SDK. */
  alreadyActiveError: 'chat_already_active' | 'validation'
  /** Type of the error for a chat that the customer does not have: none is listed for the customer API. */
  unknownChatError: 'validation' | 'not_found' | 'authorization'
  /** Whether a customer may really send a `system_message`, as the customer API's data structures say. */
  refuseSystemMessageFromCustomer: boolean
  /** Whether a customer may really send a `filled_form`. */
  refuseFilledFormFromCustomer: boolean
  /** Whether `chat_transferred` (reason `assigned`) fires when a waiting chat gets its first agent. */
  chatTransferredOnFirstAssignment: boolean
  /** Envelope's `additional_data`: the samples lack it in `chat_transferred` and `thread_summary_set` only. */
  additionalData: 'as_in_samples' | 'always' | 'never'
  /** Whether webhooks leave after the answer to the request that caused them, or are awaited before it. */
  webhookOrder: 'after' | 'before'
  /** How often each webhook is delivered; exactly-once is not promised. */
  webhookDuplicates: number
  /** Whether webhooks of one batch leave in random order; order is not promised. */
  webhookShuffle: boolean
  /** Longest random delay (clock time) of a webhook; lets later ones overtake earlier ones. */
  webhookDelayMs: number
  /** Real time that the moving clock waits for a delivery under way; a receiver that hangs must not stop the clock. */
  deliveryGraceMs: number
  /** Body of a void answer ("No response payload"): samples show both. */
  voidBody: 'empty' | '{}'
  /** If set, calls without this `X-Region` fail with `misdirected_request`; also the prefix of tokens. */
  region: 'none' | 'dal' | 'fra'
  /** Whether `response_type` is required by the cookie grant: the table says so, the OpenAPI file does not. */
  requireResponseType: boolean
  /** Whether each token call hands out a new `__lc_cst` (earlier ones stay valid). */
  rotateCst: boolean
  /** Time without messages after which a thread closes. A set license property overrides it for continuous chats. */
  inactivityMs: number
  /** Whether chats go to a free agent by themselves; otherwise they wait until `desk.pickUp`. */
  autoAssign: boolean
  /** Whether a chat waits in a queue when agents are full; otherwise the group counts as offline. */
  queueWhenFull: boolean
  /** How an agent's id looks to a customer: opaque hex in all samples, the e-mail address being the other possibility. */
  agentIdShape: 'hex' | 'email'
  /** Whether remarks on why a chat was closed are for agents only: "not all are visible to customers" is all that is said. */
  closingRemarksForAgentsOnly: boolean
  /** How long a webhook registered through the API stays silent: "up to 2 minutes" by the documents. */
  configurationDelayMs: number
  /** How far the time in the header `Date` of LiveChat's answers is ahead of the clock that all sides share. */
  clockAheadMs: number
}

export const defaultKnobs: LiveChatKnobs = {
  secondStartChatError: 'chat_limit_reached',
  alreadyActiveError: 'chat_already_active',
  unknownChatError: 'validation',
  refuseSystemMessageFromCustomer: false,
  refuseFilledFormFromCustomer: false,
  chatTransferredOnFirstAssignment: true,
  additionalData: 'as_in_samples',
  webhookOrder: 'after',
  webhookDuplicates: 1,
  webhookShuffle: false,
  webhookDelayMs: 0,
  deliveryGraceMs: 1000,
  voidBody: 'empty',
  region: 'none',
  requireResponseType: true,
  rotateCst: true,
  inactivityMs: 30 * 60_000,
  autoAssign: true,
  queueWhenFull: true,
  agentIdShape: 'hex',
  closingRemarksForAgentsOnly: false,
  configurationDelayMs: 0,
  clockAheadMs: 0,
}
