import { z } from '@botpress/sdk'

const text = z.object({ text: z.string().min(1) })
const image = z.object({ imageUrl: z.string().min(1), title: z.string().min(1).optional() })
const audio = z.object({ audioUrl: z.string().min(1), title: z.string().min(1).optional() })
const video = z.object({ videoUrl: z.string().min(1), title: z.string().min(1).optional() })
const file = z.object({ fileUrl: z.string().min(1), title: z.string().min(1).optional() })
const markdown = z.object({ markdown: z.string().min(1) })
const location = z.object({
  latitude: z.number(),
  longitude: z.number(),
  address: z.string().optional(),
  title: z.string().optional(),
})

const cardAction = z.object({
  action: z.enum(['postback', 'url', 'say']),
  label: z.string().min(1),
  value: z.string().min(1),
})
const card = z.object({
  title: z.string().min(1),
  subtitle: z.string().min(1).optional(),
  imageUrl: z.string().min(1).optional(),
  actions: z.array(cardAction),
})
const choice = z.object({
  text: z.string().min(1),
  options: z.array(z.object({ label: z.string().min(1), value: z.string().min(1) })),
})

const bloc = z.object({
  items: z.array(
    z.union([
      z.object({ type: z.literal('text'), payload: text }),
      z.object({ type: z.literal('image'), payload: image }),
      z.object({ type: z.literal('audio'), payload: audio }),
      z.object({ type: z.literal('video'), payload: video }),
      z.object({ type: z.literal('file'), payload: file }),
      z.object({ type: z.literal('location'), payload: location }),
      z.object({ type: z.literal('markdown'), payload: markdown }),
    ]),
  ),
})

/** Fields that the plugin may add to each message of the channel. */
const hitlFields = {
  userId: z.string().optional(),
  additionalData: z.string().max(500).optional(),
}

/** The six message types of channel `hitl`. */
export const channelMessages = {
  text: { schema: text.extend(hitlFields) },
  image: { schema: image.extend(hitlFields) },
  audio: { schema: audio.extend(hitlFields) },
  video: { schema: video.extend(hitlFields) },
  file: { schema: file.extend(hitlFields) },
  bloc: { schema: bloc.extend(hitlFields) },
} as const

const source = z.union([
  z.object({ type: z.literal('user'), userId: z.string() }),
  z.object({ type: z.literal('bot') }),
])

/** One message from before the handoff. It has one of twelve types. */
export const messageHistoryEntry = z.union([
  z.object({ source, type: z.literal('text'), payload: text }),
  z.object({ source, type: z.literal('image'), payload: image }),
  z.object({ source, type: z.literal('audio'), payload: audio }),
  z.object({ source, type: z.literal('video'), payload: video }),
  z.object({ source, type: z.literal('file'), payload: file }),
  z.object({ source, type: z.literal('location'), payload: location }),
  z.object({ source, type: z.literal('carousel'), payload: z.object({ items: z.array(card) }) }),
  z.object({ source, type: z.literal('card'), payload: card }),
  z.object({ source, type: z.literal('dropdown'), payload: choice }),
  z.object({ source, type: z.literal('choice'), payload: choice }),
  z.object({ source, type: z.literal('bloc'), payload: bloc }),
  z.object({ source, type: z.literal('markdown'), payload: markdown }),
])
