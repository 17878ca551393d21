import {
  birch,
  birchToSecond,
  scene,
  second,
  first,
  amber,
  oneProcess,
  twoProcesses,
  everybodyAway,
  waiting,
  type Scene,
  disturbed,
} from './scene'

/** The agent writes at each moment of the start, so that some of it is there before the conversation. */
const eagerAgent = [150, 220, 290, 360, 430, 500, 600, 800].map((atMs) => amber(atMs, 'say')).flat()

/** What happens while a session starts. */
export const starts: readonly Scene[] = [
  scene('an agent writes while the start is under way', [
    first(0, 'ask'),
    eagerAgent,
    first(2_000, 'say'),
    amber(9_000, 'say', 'close'),
  ]),
  scene(
    'an agent writes while the start is under way, and another process hears it',
    [first(0, 'ask'), eagerAgent, first(2_000, 'say'), amber(9_000, 'say', 'close')],
    twoProcesses,
  ),
  scene(
    'no webhook comes for a minute, so only reads bring what the agent writes',
    [
      first(0, 'ask'),
      eagerAgent,
      first(3_000, 'say'),
      amber(4_000, 'say'),
      first(5_000, 'say'),
      amber(6_000, 'say', 'edit', 'delete'),
      first(9_000, 'say'),
      amber(10_000, 'say', 'close'),
      first(12_000, 'say'),
    ],
    { ...oneProcess, squalls: [{ what: 'webhooks', fromMs: 0, toMs: 60_000, share: 1 }] },
  ),
  ...[295, 330, 420].map((atMs) =>
    scene(
      `an agent closes the chat ${atMs} ms after the question`,
      [first(0, 'ask'), amber(atMs, 'say', 'close'), first(2_000, 'say'), first(50_000, 'ask'), amber(54_000, 'close')],
      { ...twoProcesses, clocksAheadMs: [0, 0, 0] },
      // The process that hears of the end is not the one that starts the session.
      1,
    ),
  ),
  ...[500, 1_500, 5_000].map((listLagMs) =>
    scene(
      `an agent writes while the start is under way, and lists lag by ${listLagMs} ms`,
      [first(0, 'ask'), eagerAgent, first(2_000, 'say'), amber(9_000, 'say', 'close'), first(50_000, 'ask')],
      { ...twoProcesses, hasAgentAccess: true, knobs: { livechatKnobs: {}, botpressKnobs: { listLagMs } } },
    ),
  ),
  ...[
    ['start_chat', 0] as const,
    ['resume_chat', 0] as const,
    ['start_chat', 300] as const,
    ['resume_chat', 300] as const,
  ].map(([route, chatListLagMs]) =>
    scene(
      `LiveChat's answer to ${route} is lost, and its list lags by ${chatListLagMs} ms`,
      [
        first(0, 'ask'),
        amber(2_000, 'say'),
        first(8_000, 'say'),
        amber(9_000, 'say', 'close'),
        first(50_000, 'ask'),
        amber(53_000, 'say'),
        amber(60_000, 'say', 'close'),
      ],
      {
        ...oneProcess,
        mishaps: [{ route: `customer/${route}`, number: 1, effect: { kind: 'reset', when: 'after' } }],
        knobs: { livechatKnobs: { chatListLagMs }, botpressKnobs: {} },
      },
    ),
  ),
  scene(
    "LiveChat's answer to the opening is lost, and nothing can be read until the start fails",
    [first(0, 'ask'), amber(30_000, 'say'), first(60_000, 'ask'), birch(70_000, 'say', 'close')],
    {
      ...oneProcess,
      squalls: [
        disturbed('customer/start_chat', 0, 2_000, { kind: 'reset', when: 'after' }),
        ...['list_chats', 'get_chat'].map((route) =>
          disturbed(`customer/${route}`, 0, 8_000, { kind: 'status', status: 503, body: '' }),
        ),
      ],
    },
  ),
  scene(
    'a slow call of one session ends just before the first words of another',
    [
      second(0, 'ask'),
      birchToSecond(2_000, 'say'),
      second(14_900, 'say'),
      first(26_500, 'ask'),
      amber(28_300, 'say'),
      amber(29_500, 'say'),
      first(45_000, 'say'),
      amber(60_000, 'say', 'close'),
      birchToSecond(61_000, 'close'),
    ],
    {
      ...oneProcess,
      knobs: { livechatKnobs: {}, botpressKnobs: { activationDelayMs: 3_500 } },
      squalls: [disturbed('customer/send_event', 14_800, 15_500, { kind: 'delay', delayMs: 14_000, when: 'before' })],
    },
  ),
  scene(
    'Botpress answers late when the conversation is created',
    [first(0, 'ask'), amber(8_000, 'say'), first(30_000, 'say'), amber(40_000, 'say', 'close')],
    {
      ...oneProcess,
      squalls: [
        disturbed('POST /v1/chat/conversations/get-or-create', 0, 3_000, {
          kind: 'delay',
          delayMs: 5_500,
          when: 'after',
        }),
      ],
    },
  ),
  scene(
    'Botpress is slow, mostly, and an agent writes in the seconds after the start',
    [
      second(0, 'ask'),
      birchToSecond(30_000, 'say'),
      first(40_000, 'ask'),
      ...[46_000, 48_000, 50_000, 52_000, 54_000, 56_000].map((atMs) => amber(atMs, 'say')),
      first(70_000, 'say'),
      amber(90_000, 'say', 'close'),
      birchToSecond(91_000, 'close'),
    ],
    {
      ...oneProcess,
      knobs: { livechatKnobs: {}, botpressKnobs: { activationDelayMs: 2_000 } },
      squalls: [
        {
          ...{ what: 'botpress', fromMs: 0, toMs: 100_000, share: 0.8 },
          effect: { kind: 'delay', delayMs: 1_300, when: 'after' },
        },
      ],
    },
  ),
  ...[0, 300, 2_000].map((afterMs) =>
    scene(
      `Botpress hands over each start again after ${afterMs} ms`,
      [
        everybodyAway,
        first(500, 'ask'),
        first(6_000, 'say'),
        amber(10_000, 'say'),
        first(15_000, 'say'),
        amber(40_000, 'say', 'close'),
        first(80_000, 'ask'),
        amber(90_000, 'say', 'close'),
      ],
      { ...twoProcesses, knobs: waiting(), repeats: { action: 'startHitl', afterMs } },
    ),
  ),
  scene(
    'the end user asks twice at once',
    [first(0, 'ask', 'ask'), first(3_000, 'say'), amber(5_000, 'say'), first(9_000, 'say'), amber(12_000, 'close')],
    { ...twoProcesses, knobs: { livechatKnobs: {}, botpressKnobs: { concurrentUpstreamMessages: true } } },
  ),
  ...[false, true].map((isAskedTwice) =>
    scene(
      `an end user of Telegram sends files and asks ${isAskedTwice ? 'twice at once' : 'once'}`,
      [
        first(0, 'sendFile', 'sendFile', 'ask', ...(isAskedTwice ? (['ask'] as const) : [])),
        first(5_000, 'say', 'sendFile'),
        amber(20_000, 'say', 'close'),
      ],
      {
        ...oneProcess,
        people: [{ name: 'Person 0', email: 'person0@example.com', channel: 'telegram' }],
        knobs: { livechatKnobs: {}, botpressKnobs: { concurrentUpstreamMessages: isAskedTwice } },
      },
    ),
  ),
]
