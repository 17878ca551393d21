import { scene, first, amber, birch, oneProcess, twoProcesses, type Scene } from './scene'

/** Sessions in which people do all that they can do. */
export const wholeSessions: readonly Scene[] = [
  ...[oneProcess, twoProcesses].map((processes) =>
    scene(
      `a whole handoff with ${processes.clocksAheadMs.length} of our processes`,
      [
        first(0, 'ask'),
        amber(2_000, 'say', 'note', 'edit', 'editNote'),
        first(3_000, 'say', 'sendFile', 'sendBloc'),
        amber(7_000, 'say', 'delete', 'sendFile', 'noteFile', 'offer'),
        first(9_000, 'answer', 'botSays'),
        amber(10_000, 'transfer'),
        birch(10_400, 'say'),
        birch(12_000, 'say', 'edit'),
        birch(12_300, 'edit'),
        first(13_000, 'sayMuch'),
        birch(14_000, 'say', 'close'),
        first(20_000, 'rate'),
      ],
      processes,
    ),
  ),
  scene(
    'every webhook comes twice',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      first(6_000, 'rate'),
      amber(7_000, 'say', 'edit', 'delete', 'transfer'),
      birch(9_000, 'say', 'passOn', 'say'),
      birch(14_000, 'close'),
      first(16_000, 'rate'),
    ],
    { ...oneProcess, knobs: { livechatKnobs: { webhookDuplicates: 2 }, botpressKnobs: {} } },
  ),
  ...[oneProcess, twoProcesses].map((processes) =>
    scene(
      `two sessions one after another with ${processes.clocksAheadMs.length} of our processes`,
      [
        first(0, 'ask'),
        amber(2_000, 'say'),
        first(8_000, 'say'),
        amber(9_000, 'say', 'close'),
        first(9_200, 'say'),
        first(45_000, 'ask'),
        birch(45_300, 'say'),
        first(47_000, 'say'),
        birch(55_000, 'say', 'close'),
      ],
      processes,
    ),
  ),
  scene(
    'the end user says something else before they pick a choice, long after a mishap',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      amber(8_000, 'offer'),
      first(12_000, 'say'),
      first(120_000, 'answer'),
      amber(130_000, 'close'),
    ],
    oneProcess,
  ),
  scene(
    'the end user writes a number, which answers what the agent has asked since',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      amber(8_000, 'offer'),
      first(12_000, 'typeNumber'),
      amber(20_000, 'offer'),
      amber(22_000, 'say'),
      first(24_000, 'say', 'typeNumber'),
      amber(30_000, 'offer', 'say'),
      first(36_000, 'typeNumber', 'say'),
      amber(50_000, 'close'),
    ],
    oneProcess,
  ),
  scene(
    'somebody else writes in the same channel, and again long after a mishap',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      first(8_000, 'otherSays', 'say', 'sendBloc'),
      ...[110_000, 111_000].map((atMs) => first(atMs, 'otherSays')),
      amber(140_000, 'say', 'close'),
    ],
    oneProcess,
  ),
  ...[600_000, -600_000].map((aheadMs) =>
    scene(
      `the clock of our process is ${aheadMs} ms ahead`,
      [
        first(0, 'ask'),
        first(9_000, 'say'),
        amber(70_000, 'say', 'transfer'),
        birch(71_000, 'say'),
        first(90_000, 'say'),
        birch(100_000, 'close'),
      ],
      { clocksAheadMs: [aheadMs] },
    ),
  ),
  scene('LiveChat closes a chat in which nobody writes', [first(0, 'ask'), amber(2_000, 'say'), first(8_000, 'say')], {
    ...oneProcess,
    knobs: { livechatKnobs: { inactivityMs: 60_000 }, botpressKnobs: {} },
  }),
]
