import type { BotpressKnobs } from './botpress/knobs'
import type { LiveChatKnobs } from './livechat/knobs'

/**
 * The values of each knob besides its default: other ways in which a vendor may behave. `npm run test:doubts` plays the
 * demo and the scenarios with each. `noDoubt` says why a knob stands for no doubt, or which tests set it.
 */
type Doubts<Knobs> = { [Name in keyof Knobs]-?: readonly Knobs[Name][] | { noDoubt: string } }

export const livechatDoubts: Doubts<LiveChatKnobs> = {
  secondStartChatError: ['limit_reached', 'validation_with_message'],
  alreadyActiveError: ['validation'],
  unknownChatError: ['validation', 'authorization'],
  refuseSystemMessageFromCustomer: ['validation', 'authorization', 'missing_access'],
  refuseSystemMessageRecipients: [true],
  defaultSystemMessageRecipients: ['all'],
  customerSystemMessageSeenByCustomer: [false],
  unknownSystemMessageTypesShown: [true],
  refuseFilledFormFromCustomer: [true],
  chatTransferredOnFirstAssignment: ['always', 'never'],
  agentReopenTakesSource: [true],
  pinnedAfterCustomerClose: [false],
  pastAgents: ['notPresentAtClose', 'removedAtReopening'],
  queuePlaceInProperties: [true],
  transferReasonPrefix: ['routing'],
  phoneNumberOfCustomer: ['refused', 'ignored'],
  closingRemarkAs: ['system'],
  additionalData: ['always', 'never'],
  webhookOrder: ['before'],
  webhookDuplicates: [3],
  webhookShuffle: [true],
  webhookDelayMs: { noDoubt: 'nothing would come before the clock moves; shuffled webhooks overtake each other, too' },
  deliveryGraceMs: { noDoubt: 'a limit of the emulator' },
  voidBody: ['{}'],
  region: ['dal', 'fra'],
  requireResponseType: [true],
  rotateCst: [false],
  newCstEndsOld: [true],
  inactivityMs: { noDoubt: 'a setting of the license' },
  autoAssign: { noDoubt: 'a setting of the license: the demo is played with it off' },
  queueWhenFull: { noDoubt: 'a setting of the license' },
  agentIdShape: ['email'],
  clockAheadMs: { noDoubt: 'a fault of a machine: test/scenarios/setup/diagnose.test.ts' },
  closingRemarksForAgentsOnly: [true],
  workSchedulerShape: ['by_day', 'absent'],
  chatListLagMs: { noDoubt: 'played by the simulation: nothing would be found before the clock moves' },
  configurationDelayMs: { noDoubt: 'documented as up to two minutes: scenarios do not wait for them' },
}

export const botpressDoubts: Doubts<BotpressKnobs> = {
  raceGetOrCreate: [true],
  raceWindowMs: { noDoubt: 'belongs to raceGetOrCreate' },
  activationDelayMs: [750, 3_000],
  pluginTagsVisible: [true],
  listLagMs: { noDoubt: 'nothing would be found before the clock moves: sandbox/botpress/api/lag.test.ts' },
  readLagMs: { noDoubt: 'as listLagMs' },
  pageSize: [5, 100],
  repeatFailedOperations: [true],
  repeatAfterMs: {
    noDoubt: 'nothing would be repeated before the clock moves: test/scenarios/content/handed-over-again.test.ts',
  },
  operationTimeoutMs: { noDoubt: 'far above what an operation takes' },
  stateSurvivesUpgrade: [false],
  processingOrder: ['shuffled'],
  concurrentMessageOperations: [true],
  stopOvertakesFarewell: [true],
  strictIncomingPayloads: [false],
  historyPayloadExtras: [false],
  linksAuthorsPerMessage: [false],
  applyConfigurationDefaults: [true],
  patchMissingState: ['creates'],
  missingReferenceError: ['ResourceNotFound'],
  publicFileDelayMs: [0],
  privateFileUrlMs: [60_000],
  usesOwnAlias: [true],
  concurrentUpstreamMessages: [true],
  equalMessageTimes: {
    noDoubt:
      'the clock of tests stands still, so it would reverse every history: test/scenarios/start/second-session.test.ts',
  },
  // With `refused`, all of an agent's words come from the bot: test/scenarios/start/second-session.test.ts.
  webchatCopiesOfAgents: ['kept'],
  channelUsersReadable: [true],
  ignoresRepeatedStart: [false],
}
