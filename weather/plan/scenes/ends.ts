import type { Plan } from '../plan'
import { scene, first, amber, birch, undeliverableAt, oneProcess, twoProcesses, type Scene, disturbed } from './scene'

const stopAt8s = [first(0, 'ask'), amber(2_000, 'say'), first(8_000, 'botStops')].flat()
const livechatIsOutAt8s: Partial<Plan> = {
  ...oneProcess,
  outages: [{ side: 'livechat', fromMs: 7_900, toMs: 30_000 }],
}

/** How sessions end, and what comes after it. */
export const ends: readonly Scene[] = [
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
    'Botpress takes no messages for a while in which an agent says goodbye and closes the chat',
    [first(0, 'ask'), amber(2_000, 'say'), amber(10_000, 'say'), amber(12_000, 'close'), first(90_000, 'ask')],
    {
      ...twoProcesses,
      squalls: [
        disturbed('POST /v1/chat/messages/get-or-create', 9_900, 34_000, { kind: 'status', status: 503, body: '' }),
      ],
    },
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
]
