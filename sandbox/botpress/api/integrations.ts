import { z } from 'zod'
import { scheduleRegisterCalls } from '../life-cycle'
import { effect } from '../world'
import { parseBody, type Route } from './call'

const configureSchema = z
  .object({
    identifier: z.string().nullable().optional(),
    scheduleRegisterCall: z
      .enum(['hourly', 'daily', 'weekly', 'bi-weekly', 'monthly', 'bi-monthly', 'quarterly', 'yearly'])
      .optional(),
    sandboxIdentifiers: z.record(z.unknown()).nullable().optional(),
  })
  .strict()

const analyticsSchema = z.object({ name: z.string().min(1).max(200), count: z.number().int().min(1) }).strict()

export const integrationRoutes: Route[] = [
  {
    method: 'POST',
    path: '/v1/chat/integrations/configure',
    handle: ({ world, instance, body }) => {
      const { identifier, scheduleRegisterCall } = parseBody(configureSchema, body)
      if (identifier !== undefined) instance.identifier = identifier
      if (scheduleRegisterCall) scheduleRegisterCalls(world, instance, scheduleRegisterCall)
      effect(world, 'integration_configured', { botId: instance.botId, scheduleRegisterCall })
      return { body: {} }
    },
  },
  {
    method: 'POST',
    path: '/v1/chat/analytics',
    handle: ({ world, body }) => {
      const { name, count } = parseBody(analyticsSchema, body)
      effect(world, 'analytics_tracked', { name, count })
      return { body: {} }
    },
  },
]
