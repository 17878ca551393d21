import { calmPlan } from './calm-plan'
import type { Person, Plan, Step } from './plan'
import type { Squall } from './rates'
import { agent, license, person } from './steps'

/**
 * A short plan in which everything goes well, so that one mishap at a time can be put into it. Several steps a second
 * show an agent who writes while a start, a transfer or an end is under way. `luck`: added to the seed, for a scene that
 * needs certain processes.
 */
export type Scene = { name: string; luck: number; plan: Omit<Plan, 'seed'> }

const [first, second] = [person(0), person(1)]
const [amber, birch, cedar] = [agent(0, 0), agent(1, 0), agent(2, 0)]
const [amberToSecond, birchToSecond] = [agent(0, 1), agent(1, 1)]

const people: Person[] = [
  { name: 'Person 0', email: 'person0@example.com', channel: 'webchat' },
  { name: 'Person 1', email: 'person1@example.com', channel: 'whatsapp' },
]
const family: Person[] = people.map((each) => ({ ...each, email: 'family@example.com' }))

const scene = (name: string, steps: Step[][], more: Partial<Plan> = {}, luck = 0): Scene => {
  const all = steps.flat().sort((a, b) => a.atMs - b.atMs)
  return {
    name,
    luck,
    plan: {
      people,
      steps: all,
      ...calmPlan,
      // What goes wrong goes wrong once, so a mishap may also come in what follows the last step.
      calmAtMs: (all.at(-1)?.atMs ?? 0) + 60_000,
      ...more,
    },
  }
}

/** LiveChat makes its four attempts after these times. */
const undeliverableAt = (atMs: number): Squall[] =>
  [0, 10_000, 25_000, 45_000].map((laterMs) => {
    const fromMs = atMs + laterMs - 100
    return { what: 'webhooks', fromMs, toMs: fromMs + 1_000, share: 1, effect: { kind: 'reset', when: 'before' } }
  })

/** What an end user writes now is on its way for more than a second, and so is what is read beside it. */
const slowAt = (atMs: number): Squall[] =>
  ['customer/send_event', 'customer/get_chat'].map((route) => ({
    ...{ what: 'livechat', route, fromMs: atMs - 100, toMs: atMs + 490, share: 1 },
    effect: { kind: 'delay', delayMs: 1_200, when: 'after' },
  }))

const oneProcess = { clocksAheadMs: [0] }
const twoProcesses = { clocksAheadMs: [0, 0], freezes: true }

/** The agent writes at each moment of the start, so that some of it is there before the conversation. */
const eagerAgent = [150, 220, 290, 360, 430, 500, 600, 800].map((atMs) => amber(atMs, 'say')).flat()

/** Both still answer what they pick up themselves. */
const everybodyAway: Step[] = [0, 1].map((number) => ({ atMs: 0, who: 'license', agent: number, does: 'agentLeaves' }))

const stopAt8s = [first(0, 'ask'), amber(2_000, 'say'), first(8_000, 'botStops')].flat()
const livechatIsOutAt8s: Partial<Plan> = {
  ...oneProcess,
  outages: [{ side: 'livechat', fromMs: 7_900, toMs: 30_000 }],
}

export const scenes: readonly Scene[] = [
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
    'the end user ends the session while both write, and asks again at once',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      first(7_900, 'say'),
      amber(8_000, 'say'),
      first(8_050, 'end'),
      amber(8_060, 'say'),
      amber(8_200, 'say'),
      first(9_000, 'ask'),
      amber(11_000, 'say', 'close'),
    ],
    twoProcesses,
  ),
  scene(
    'the bot stops, the agent writes on, and the end user asks again',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      first(8_000, 'botStops'),
      amber(8_100, 'say'),
      amber(9_000, 'say'),
      amber(12_000, 'say'),
      first(50_000, 'ask'),
      birch(55_000, 'say', 'close'),
    ],
    twoProcesses,
  ),
  scene(
    'LiveChat is out when the bot stops, and the agent finds the chat open',
    [stopAt8s, amber(40_000, 'say'), amber(60_000, 'say'), amber(400_000, 'say')],
    livechatIsOutAt8s,
  ),
  scene(
    'LiveChat is out when the bot stops, and the end user asks again',
    [stopAt8s, first(60_000, 'ask'), birch(65_000, 'say', 'close')],
    livechatIsOutAt8s,
  ),
  scene(
    'LiveChat is out when the bot stops, and late webhooks of the open chat come after the next question',
    [
      stopAt8s,
      [32_000, 34_000, 36_000, 38_000, 40_000].flatMap((atMs) => amber(atMs, 'say')),
      first(45_000, 'ask'),
      first(150_000, 'say'),
      birch(160_000, 'say', 'close'),
    ],
    { ...livechatIsOutAt8s, knobs: { livechatKnobs: { webhookDelayMs: 60_000 }, botpressKnobs: {} } },
  ),
  scene(
    'two people with one address, one after the other and both at once',
    [
      first(0, 'ask'),
      second(3_000, 'ask'),
      amber(5_000, 'say'),
      birchToSecond(6_000, 'say'),
      first(8_000, 'say'),
      second(8_010, 'say'),
      amber(10_000, 'say', 'close'),
      first(10_100, 'say'),
      birchToSecond(12_000, 'say'),
      first(50_000, 'ask'),
      amber(53_000, 'say'),
      second(54_000, 'end'),
      birchToSecond(54_010, 'say'),
      amber(58_000, 'say', 'close'),
    ],
    { ...twoProcesses, people: family, mergesByEmail: true },
  ),
  scene(
    'two people with one address ask at once',
    [
      first(0, 'ask'),
      second(100, 'ask'),
      amber(3_000, 'say'),
      birchToSecond(3_500, 'say'),
      first(8_000, 'say'),
      second(8_500, 'say'),
      second(12_000, 'end'),
      amber(14_000, 'say', 'close'),
    ],
    { ...twoProcesses, people: family, mergesByEmail: true },
  ),
  scene(
    'two people with one address ask at once, one of them for the second time',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      amber(8_000, 'close'),
      first(50_000, 'ask'),
      second(50_150, 'ask'),
      amber(53_000, 'say'),
      birchToSecond(53_500, 'say'),
      first(58_000, 'say'),
      second(58_500, 'say'),
      second(62_000, 'end'),
      amber(64_000, 'say', 'close'),
    ],
    { ...twoProcesses, clocksAheadMs: [0, 0, 0], people: family, mergesByEmail: true },
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
  scene(
    'a second person with the address of the first waits in the queue while nobody is there',
    [
      first(0, 'ask'),
      second(40_000, 'ask'),
      first(45_000, 'say'),
      second(46_000, 'say'),
      amber(50_000, 'say'),
      amberToSecond(52_000, 'say', 'close'),
      amber(54_000, 'close'),
    ],
    { ...twoProcesses, people: family, mergesByEmail: true, knobs: waiting() },
  ),
  scene(
    'agents pass the session to and fro',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      amber(9_000, 'transfer'),
      birch(10_000, 'transfer'),
      amber(10_500, 'say'),
      amber(11_000, 'passOn'),
      birch(11_400, 'say'),
      first(12_000, 'say'),
      birch(20_000, 'say', 'close'),
    ],
    { ...twoProcesses, knobs: waiting() },
  ),
  scene(
    'a session waits, is picked up, passed on and picked up again',
    [
      first(0, 'ask'),
      first(3_000, 'say'),
      amber(8_000, 'say'),
      amber(10_000, 'passOn'),
      first(12_000, 'say'),
      birch(12_500, 'say'),
      amber(15_000, 'join'),
      amber(16_000, 'say'),
      birch(17_000, 'leave'),
      amber(18_000, 'say', 'close'),
    ],
    { ...twoProcesses, knobs: waiting() },
  ),
  ...(['all', 'three'] as const).map((webhooks) =>
    scene(
      `a session goes back to the queue again and again, with ${webhooks} of LiveChat's webhooks`,
      [
        everybodyAway,
        first(1_000, 'ask'),
        amber(3_000, 'say'),
        amber(10_000, 'passOn'),
        birch(11_000, 'say'),
        birch(25_000, 'passOn'),
        first(25_500, 'say'),
        amber(26_000, 'say'),
        amber(26_200, 'say'),
        amber(40_000, 'passOn'),
        birch(42_500, 'say', 'edit'),
        birch(56_000, 'say', 'close'),
      ],
      { ...twoProcesses, webhooks, knobs: waiting() },
    ),
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
  ...[oneProcess, twoProcesses].map((processes) =>
    scene(
      `reads lag, and a session changes hands quickly in ${processes.clocksAheadMs.length} of our processes`,
      [
        everybodyAway,
        first(1_000, 'ask'),
        amber(2_000, 'say'),
        amber(10_000, 'passOn'),
        birch(10_700, 'say'),
        first(11_500, 'say'),
        birch(20_000, 'transfer'),
        amber(20_400, 'say'),
        amber(21_000, 'say', 'edit'),
        amber(30_000, 'say', 'close'),
        first(30_300, 'say'),
      ],
      {
        ...processes,
        knobs: { livechatKnobs: { autoAssign: false }, botpressKnobs: { readLagMs: 900, listLagMs: 900 } },
      },
    ),
  ),
  ...(['all', 'three'] as const).map((webhooks) =>
    scene(
      `a helper is there while the session changes hands, with ${webhooks} of LiveChat's webhooks`,
      [
        everybodyAway,
        first(0, 'ask'),
        amber(3_000, 'say'),
        cedar(5_000, 'join'),
        amber(24_000, 'transfer'),
        birch(30_000, 'say'),
        cedar(32_000, 'say'),
        birch(50_000, 'transfer'),
        cedar(60_000, 'say', 'close'),
      ],
      { ...twoProcesses, agents: 3, webhooks, knobs: waiting() },
    ),
  ),
  scene(
    'an agent gets the session and passes it on at once',
    [
      everybodyAway,
      first(0, 'ask'),
      amber(3_000, 'say'),
      amber(10_000, 'transfer'),
      birch(11_000, 'passOn'),
      first(12_000, 'say'),
      amber(45_000, 'say', 'close'),
    ],
    { ...twoProcesses, webhooks: 'three', knobs: waiting() },
  ),
  scene(
    'Botpress takes no messages for a while in which an agent says goodbye and closes the chat',
    [first(0, 'ask'), amber(2_000, 'say'), amber(10_000, 'say'), amber(12_000, 'close'), first(90_000, 'ask')],
    {
      ...twoProcesses,
      squalls: [
        {
          what: 'botpress',
          route: 'POST /v1/chat/messages/get-or-create',
          ...{ fromMs: 9_900, toMs: 34_000, share: 1, effect: { kind: 'status', status: 503, body: '' } },
        },
      ],
    },
  ),
  scene(
    'an agent reopens the chat, and another person with the same address asks',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      amber(8_000, 'close'),
      amber(20_000, 'reopen', 'say'),
      second(40_000, 'ask'),
      amber(45_000, 'say'),
      second(50_000, 'say'),
      birchToSecond(55_000, 'say', 'close'),
      amber(60_000, 'close'),
    ],
    { ...twoProcesses, people: family, mergesByEmail: true },
  ),
  scene(
    'an agent reopens the chat and closes it again, and its webhooks come in the next session',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      amber(8_000, 'close'),
      amber(20_000, 'reopen', 'say', 'close'),
      first(55_000, 'ask'),
      birch(62_000, 'say'),
      first(70_000, 'say'),
      birch(75_000, 'say', 'close'),
    ],
    { ...twoProcesses, squalls: undeliverableAt(20_000).slice(0, 3) },
  ),
  scene(
    'the end user asks again and again in a chat that an agent has reopened',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      amber(8_000, 'close'),
      amber(20_000, 'reopen', 'say'),
      ...[30_000, 75_000, 180_000, 182_000].map((atMs) => first(atMs, 'ask')),
      amber(185_000, 'say'),
      first(190_000, 'say'),
      amber(200_000, 'close'),
    ],
    twoProcesses,
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
    'an agent reopens the chat, and the end user comes back to it',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      amber(8_000, 'close'),
      amber(20_000, 'reopen', 'say'),
      first(60_000, 'ask'),
      amber(63_000, 'say'),
      first(64_000, 'say'),
      amber(68_000, 'close'),
    ],
    twoProcesses,
  ),
  ...[false, true].map((hasAgentAccess) =>
    scene(
      `the secret changes${hasAgentAccess ? ', and the bot makes its webhooks itself' : ''}`,
      [
        first(0, 'ask'),
        amber(2_000, 'say'),
        license(3_000, 'rotateSecret'),
        amber(10_000, 'say'),
        first(15_000, 'say'),
        amber(31_000, 'say'),
        amber(36_000, 'say'),
        amber(130_000, 'say', 'close'),
      ],
      { ...twoProcesses, hasAgentAccess },
    ),
  ),
  ...[false, true].map((newCstEndsOld) =>
    scene(
      `tokens end${newCstEndsOld ? ', and a new cookie ends the one before' : ''}`,
      [
        first(0, 'ask'),
        amber(2_000, 'say'),
        first(3_000, 'say'),
        first(3_500, 'say'),
        license(4_000, 'expireTokens'),
        ...[5_000, 5_050, 6_000, 7_000].map((atMs) => first(atMs, 'say')),
        license(8_000, 'expireTokens'),
        ...[9_000, 10_000, 11_000, 12_000].map((atMs) => first(atMs, 'say')),
        amber(40_000, 'say', 'close'),
        first(75_000, 'ask'),
        amber(80_000, 'close'),
      ],
      { ...twoProcesses, knobs: { livechatKnobs: { newCstEndsOld }, botpressKnobs: {} } },
    ),
  ),
  ...[500, 1_500, 5_000].map((listLagMs) =>
    scene(
      `an agent writes while the start is under way, and lists lag by ${listLagMs} ms`,
      [first(0, 'ask'), eagerAgent, first(2_000, 'say'), amber(9_000, 'say', 'close'), first(50_000, 'ask')],
      { ...twoProcesses, hasAgentAccess: true, knobs: { livechatKnobs: {}, botpressKnobs: { listLagMs } } },
    ),
  ),
  ...[0, 8_000].map((repeatAfterMs) =>
    scene(
      `Botpress hands over a message again ${repeatAfterMs} ms after its process was killed`,
      [
        first(0, 'ask'),
        amber(2_000, 'say'),
        first(8_000, 'say'),
        first(9_000, 'sendBloc'),
        first(9_010, 'sendFile'),
        first(9_015, 'sendFile'),
        first(9_020, 'say'),
        amber(40_000, 'say', 'close'),
      ],
      {
        ...oneProcess,
        knobs: { livechatKnobs: {}, botpressKnobs: { repeatFailedOperations: true, repeatAfterMs } },
      },
    ),
  ),
  ...(['close', 'end', 'botStops'] as const).map((end) =>
    scene(
      `LiveChat cannot deliver the last words, then comes ${end}`,
      [
        first(0, 'ask'),
        amber(2_000, 'say'),
        amber(8_000, 'say', 'sendFile'),
        amber(8_200, 'say'),
        end === 'close' ? amber(12_000, end) : first(12_000, end),
        first(60_000, 'ask'),
        birch(62_000, 'say', 'close'),
      ],
      { ...oneProcess, squalls: undeliverableAt(8_000) },
    ),
  ),
  scene(
    'Botpress hands over a message again to a process whose clock is slow',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      ...[3_000, 4_000, 5_000, 6_000, 7_000].map((atMs) => first(atMs, 'say')),
      ...[40_000, 60_000, 80_000].map((atMs) => first(atMs, 'say')),
      amber(120_000, 'say', 'close'),
    ],
    {
      clocksAheadMs: [0, -600_000],
      knobs: { livechatKnobs: {}, botpressKnobs: { repeatFailedOperations: true, repeatAfterMs: 8_000 } },
    },
  ),
  scene(
    'LiveChat takes messages and answers nothing, and the last of them has waited nearly a minute',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      first(20_000, 'say'),
      first(20_500, 'say'),
      first(21_000, 'say'),
      amber(140_000, 'say', 'close'),
    ],
    {
      ...oneProcess,
      squalls: (['customer/send_event', 'customer/get_chat'] as const).map((route) => ({
        ...{ what: 'livechat', route, fromMs: 19_900, toMs: 80_000, share: 1 },
        effect: { kind: 'hang', when: route === 'customer/send_event' ? 'after' : 'before' },
      })),
    },
  ),
  scene(
    'an agent picks up the session, another process does not hear of it, and much later the end user writes',
    [
      everybodyAway,
      first(500, 'ask'),
      ...[1_500, 2_500, 3_500].map((atMs) => first(atMs, 'say')),
      amber(10_000, 'say'),
      ...[110_000, 111_000].map((atMs) => first(atMs, 'say')),
      amber(250_000, 'say', 'close'),
    ],
    { ...twoProcesses, webhooks: 'three', knobs: waiting() },
    2,
  ),
  ...(['transfer', 'passOn', 'say'] as const).map((does) =>
    scene(
      `an agent does ${does} while a message is on its way and the process reads the thread for the first time`,
      [
        everybodyAway,
        first(500, 'ask'),
        ...(does === 'say' ? [] : [amber(2_000, 'say')]),
        license(25_000, 'replaceProcesses'),
        first(30_000, 'say'),
        amber(30_500, does),
        ...(does === 'say' ? [] : [birch(45_000, 'say')]),
        first(50_000, 'say'),
        (does === 'say' ? amber : birch)(70_000, 'say', 'close'),
      ],
      { ...twoProcesses, knobs: waiting(), squalls: slowAt(30_000) },
    ),
  ),
  scene(
    'the end user asks in a chat that an agent has reopened, and long after a mishap asks again',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      amber(8_000, 'close'),
      amber(20_000, 'reopen', 'say'),
      first(60_000, 'ask'),
      amber(66_000, 'say'),
      amber(90_000, 'say'),
      first(180_000, 'ask'),
      amber(186_000, 'say'),
      first(190_000, 'say'),
      amber(200_000, 'say', 'close'),
    ],
    twoProcesses,
    1,
  ),
  ...(['delete', 'say'] as const).map((does) =>
    scene(
      `LiveChat cannot deliver words at once, and then comes ${does}`,
      [
        first(0, 'ask'),
        first(2_000, 'say'),
        amber(5_000, 'say'),
        amber(20_000, 'say'),
        does === 'say' ? amber(29_000, 'say') : amber(21_000, 'delete'),
        first(31_000, 'say'),
        amber(50_000, 'say'),
        amber(59_000, 'say'),
        amber(90_000, 'close'),
      ],
      { ...(does === 'say' ? oneProcess : twoProcesses), squalls: undeliverableAt(20_000).slice(0, 1) },
    ),
  ),
  scene(
    'LiveChat cannot deliver last words for a while, and the end user leaves',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      ...[3_000, 4_000, 5_000].map((atMs) => first(atMs, 'say')),
      amber(20_000, 'say'),
      first(22_000, 'end'),
    ],
    { ...twoProcesses, squalls: undeliverableAt(20_000).slice(0, 3) },
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
  ...[1_000, 20_000].map((afterMs) =>
    scene(
      `Botpress hands over each stop again after ${afterMs} ms`,
      [
        first(0, 'ask'),
        amber(2_000, 'say'),
        first(8_000, 'say'),
        first(10_000, 'botStops'),
        first(16_000, 'ask'),
        amber(25_000, 'say'),
        first(40_000, 'say'),
        amber(45_000, 'say', 'close'),
      ],
      { ...twoProcesses, repeats: { action: 'stopHitl', afterMs } },
    ),
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
  ...(['three', 'all'] as const).map((webhooks) =>
    scene(
      `an agent of the session before is away when the end user asks again, with ${webhooks} of LiveChat's webhooks`,
      [
        everybodyAway,
        first(0, 'ask'),
        amber(2_000, 'say'),
        amber(8_000, 'close'),
        first(50_000, 'ask'),
        first(52_000, 'say'),
        birch(80_000, 'say', 'close'),
      ],
      { ...twoProcesses, webhooks, knobs: waiting() },
    ),
  ),
  scene(
    'LiveChat cannot deliver words, all processes are replaced, and the end user writes',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      amber(10_000, 'say'),
      license(60_000, 'replaceProcesses'),
      ...[62_000, 150_000, 220_000].map((atMs) => first(atMs, 'say')),
      amber(260_000, 'say', 'close'),
    ],
    { ...oneProcess, squalls: undeliverableAt(10_000) },
  ),
  scene(
    'the end user asks twice at once',
    [first(0, 'ask', 'ask'), first(3_000, 'say'), amber(5_000, 'say'), first(9_000, 'say'), amber(12_000, 'close')],
    { ...twoProcesses, knobs: { livechatKnobs: {}, botpressKnobs: { concurrentUpstreamMessages: true } } },
  ),
  scene(
    'LiveChat forgets the customer in the middle of the session',
    [first(0, 'ask'), amber(2_000, 'say'), first(8_000, 'isForgotten'), first(9_000, 'say'), first(45_000, 'ask')],
    oneProcess,
  ),
  scene(
    'a bot with agent access is upgraded in the middle of a session',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      license(5_000, 'upgrade'),
      first(8_000, 'say'),
      amber(9_000, 'say', 'close'),
      license(15_000, 'askAvailability'),
    ],
    { ...oneProcess, hasAgentAccess: true },
  ),
  scene('LiveChat closes a chat in which nobody writes', [first(0, 'ask'), amber(2_000, 'say'), first(8_000, 'say')], {
    ...oneProcess,
    knobs: { livechatKnobs: { inactivityMs: 60_000 }, botpressKnobs: {} },
  }),
]

/** Nobody is given a chat; agents pick them up. */
function waiting(): Plan['knobs'] {
  return { livechatKnobs: { autoAssign: false }, botpressKnobs: {} }
}
