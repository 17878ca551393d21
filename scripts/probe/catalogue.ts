import { defaultKnobs, type LiveChatKnobs } from '../../sandbox/livechat/knobs'

/** One open question about LiveChat. With a `knob`, the answer is a value of that knob of the emulator. */
export type Belief = { question: string; knob?: keyof LiveChatKnobs }

const knob = (name: keyof LiveChatKnobs, question: string): Belief => ({ question, knob: name })

/** What the probe looks for, in the order of the report. A belief about a knob has the knob's name. */
export const catalogue = {
  region: knob('region', 'Does LiveChat ask for a region, and for which?'),
  requireResponseType: knob('requireResponseType', 'Does the cookie grant need response_type?'),
  rotateCst: knob('rotateCst', 'Does each token call give a new __lc_cst?'),
  newCstEndsOld: knob('newCstEndsOld', 'Does a new __lc_cst end the one before?'),
  voidBody: knob('voidBody', 'What is the body of an answer without content?'),
  phoneNumberOfCustomer: knob('phoneNumberOfCustomer', 'What does update_customer do with phone_number?'),
  workSchedulerShape: knob('workSchedulerShape', "In which shape come an agent's working hours?"),
  sameEmail: { question: 'Do two customers with the same e-mail address stay apart?' },
  fourthWebhook: { question: 'Which error does a fourth webhook of one action get?' },
  secondStartChatError: knob('secondStartChatError', 'Which error does a second start_chat get?'),
  alreadyActiveError: knob('alreadyActiveError', 'Which error does resume_chat of an active chat get?'),
  unknownChatError: knob('unknownChatError', 'Which error does a chat that the customer does not have get?'),
  refuseSystemMessageFromCustomer: knob(
    'refuseSystemMessageFromCustomer',
    'Is a system message from a customer refused, and how?',
  ),
  refuseSystemMessageRecipients: knob('refuseSystemMessageRecipients', 'Is the field recipients refused?'),
  customerSystemMessageSeenByCustomer: knob(
    'customerSystemMessageSeenByCustomer',
    'Does a customer read the own system message for all?',
  ),
  defaultSystemMessageRecipients: knob(
    'defaultSystemMessageRecipients',
    'Who sees a system message without recipients?',
  ),
  unknownSystemMessageTypesShown: knob(
    'unknownSystemMessageTypesShown',
    "Does LiveChat's app show a system message of an unknown type?",
  ),
  refuseFilledFormFromCustomer: knob('refuseFilledFormFromCustomer', 'Is a filled_form from a customer refused?'),
  markdown: { question: "Does LiveChat's app show a customer's **bold** as bold?" },
  openFile: { question: 'Can anybody open the address of a file?' },
  agentIdShape: knob('agentIdShape', "How does a customer see an agent's id?"),
  pressUpdatesEvent: { question: 'Does the press of a button fire event_updated?' },
  webhookOrder: knob('webhookOrder', 'Does a call wait for the webhooks that it causes?'),
  webhookDuplicates: knob('webhookDuplicates', 'How often does each webhook come?'),
  closingRemarkAs: knob('closingRemarkAs', 'As what does the remark on a closed thread come?'),
  closingRemarksForAgentsOnly: knob('closingRemarksForAgentsOnly', 'Is that remark hidden from the customer?'),
  ownWordsLeftOut: { question: 'Does the filter source_type leave out what our customers write?' },
  agentReopenTakesSource: knob(
    'agentReopenTakesSource',
    'Does an agent who reopens a chat take it out of only_my_chats?',
  ),
  nextStartGivesSourceBack: { question: 'Does the next start by the bot bring such a chat back?' },
  chatTransferredOnFirstAssignment: knob(
    'chatTransferredOnFirstAssignment',
    "When does chat_transferred tell of a chat's first agent?",
  ),
  transferReasonPrefix: knob('transferReasonPrefix', 'Have reasons of automatic transfers a prefix?'),
  queuePlaceInProperties: knob(
    'queuePlaceInProperties',
    'Does thread_properties_updated bring the place in the queue?',
  ),
  pinnedAfterCustomerClose: knob(
    'pinnedAfterCustomerClose',
    'Does a waiting chat stay pinned when its customer closes it?',
  ),
  pastAgents: knob('pastAgents', "What becomes of a closed thread's agents in the list of users?"),
  additionalData: knob('additionalData', 'Which webhooks carry additional_data?'),
  webhookShuffle: knob('webhookShuffle', 'Do webhooks of one moment overtake each other?'),
  webhookDelay: { question: 'How long does a new webhook take to work?' },
} satisfies Record<string, Belief>

export type BeliefId = keyof typeof catalogue
export const beliefIds = Object.keys(catalogue).filter((id): id is BeliefId => Object.hasOwn(catalogue, id))
export const beliefOf = (id: BeliefId): Belief => catalogue[id]

export type KnobValue = string | number | boolean

/** Today's default of the emulator, if the belief is about a knob. */
export const believed = (id: BeliefId): KnobValue | undefined => {
  const { knob: name } = beliefOf(id)
  return name === undefined ? undefined : defaultKnobs[name]
}
