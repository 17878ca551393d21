import type { z } from 'zod'

/**
 * LiveChat does not document an HTTP status per error type. These are plausible, and nobody should rely on them. Every
 * type that is not named here is answered with 400.
 */
const STATUS: Record<string, number> = {
  authentication: 401,
  authorization: 403,
  missing_access: 403,
  license_expired: 403,
  not_found: 404,
  license_not_found: 404,
  already_exists: 409,
  entity_too_large: 413,
  misdirected_request: 421,
  too_many_requests: 429,
  internal: 500,
  service_unavailable: 503,
  request_timeout: 504,
}

const MESSAGE: Record<string, string> = {
  authentication: 'Authentication error',
  authorization: 'Authorization error',
  validation: 'Wrong format of request',
  too_many_requests: 'Too many requests',
  internal: 'Internal server error',
  request_timeout: 'Request timed out',
  service_unavailable: 'Service unavailable',
  misdirected_request: 'Wrong region',
  limit_reached: 'Limit reached',
  chat_limit_reached: 'Customer chats limit reached',
  chat_already_active: 'Chat is already active',
  chat_inactive: 'Chat is inactive',
  chat_anonymized: 'Chat anonymized',
  customer_banned: 'Customer is banned',
  groups_offline: 'Groups offline',
  group_offline: 'Group is offline',
  group_unavailable: 'No agent available for group',
  group_not_found: 'Group not found',
  greeting_not_found: 'Greeting not found',
  entity_too_large: 'Upload limit exceeded (10MB).',
  agent_offline: 'Agent offline',
  missing_access: 'Missing access',
  not_found: 'Not found',
  already_exists: 'Already exists',
  license_expired: 'License expired',
  license_not_found: 'License not found',
  unsupported_version: 'Cannot call unsupported API versions.',
}

/** A refusal of the chat and configuration APIs, in their envelope. */
export class ApiError extends Error {
  public override readonly name = 'ApiError'

  public constructor(
    public readonly type: string,
    message?: string,
    public readonly data?: Record<string, unknown>,
  ) {
    super(message ?? MESSAGE[type] ?? type)
  }

  public get status(): number {
    return STATUS[this.type] ?? 400
  }

  public get body(): Record<string, unknown> {
    return { error: { type: this.type, message: this.message, ...(this.data ? { data: this.data } : {}) } }
  }
}

/** A refusal of the accounts server, which has an envelope of its own. */
export class AccountsError extends Error {
  public override readonly name = 'AccountsError'

  public constructor(
    public readonly exception: string,
    message: string,
    public readonly options: { details?: string; isIdentity?: boolean; status?: number } = {},
  ) {
    super(message)
  }

  public get status(): number {
    return this.options.status ?? 401
  }

  public get body(): Record<string, unknown> {
    return {
      [this.options.isIdentity ? 'identity_exception' : 'oauth_exception']: this.exception,
      exception_description: this.message,
      ...(this.options.details ? { exception_details: this.options.details } : {}),
    }
  }
}

/** A fault effect that answers with a documented error, e.g. `faults.add({ route, effect: errorFault('internal') })`. */
export const errorFault = (type: string, when: 'before' | 'after' = 'before', data?: Record<string, unknown>) => {
  const error = new ApiError(type, undefined, data)
  return { kind: 'status' as const, status: error.status, body: error.body, when }
}

/** Reads `value` by `schema`; the error names the field, as `chat.thread.events.0.text: Required`. */
export const parseFields = <Schema extends z.ZodTypeAny>(schema: Schema, value: unknown): z.infer<Schema> => {
  const result = schema.safeParse(value)
  if (result.success) return result.data as z.infer<Schema>
  const [issue] = result.error.issues
  const path = issue?.path.join('.')
  throw new ApiError('validation', `${path ? `${path}: ` : ''}${issue?.message ?? 'Wrong format of request'}`)
}
