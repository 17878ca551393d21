import { license } from '../steps'
import { scene, first, amber, undeliverableAt, oneProcess, twoProcesses, type Scene, disturbed } from './scene'

/** What breaks down, runs out or is replaced in the middle of a session. */
export const trouble: readonly Scene[] = [
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
      squalls: (['customer/send_event', 'customer/get_chat'] as const).map((route) =>
        disturbed(route, 19_900, 80_000, { kind: 'hang', when: route === 'customer/send_event' ? 'after' : 'before' }),
      ),
    },
  ),
  scene(
    'Botpress takes long for one message of an agent, and further ones come meanwhile',
    [
      first(0, 'ask'),
      amber(2_000, 'say'),
      license(15_000, 'replaceProcesses'),
      first(20_000, 'say'),
      amber(20_110, 'say'),
      amber(25_500, 'say'),
      amber(26_200, 'say', 'edit'),
      first(30_000, 'say'),
      amber(60_000, 'say', 'close'),
    ],
    {
      ...oneProcess,
      squalls: [
        disturbed('POST /v1/chat/messages/get-or-create', 19_900, 20_600, {
          kind: 'delay',
          delayMs: 7_000,
          when: 'before',
        }),
      ],
    },
  ),
  scene(
    'Botpress answers nothing to the last message of an agent, and nobody writes any more',
    [first(0, 'ask'), amber(2_000, 'say'), amber(20_000, 'say')],
    {
      ...oneProcess,
      squalls: [disturbed('POST /v1/chat/messages/get-or-create', 19_900, 25_000, { kind: 'hang', when: 'before' })],
    },
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
]
