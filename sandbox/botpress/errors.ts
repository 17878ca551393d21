/** HTTP status of each kind of API error. */
const codes = {
  InvalidPayload: 400,
  InvalidQuery: 400,
  InvalidDataFormat: 400,
  InvalidIdentifier: 400,
  ReferenceNotFound: 400,
  Runtime: 400,
  Unauthorized: 401,
  Forbidden: 403,
  QuotaExceeded: 403,
  ResourceNotFound: 404,
  MethodNotFound: 405,
  AlreadyExists: 409,
  ResourceGone: 410,
  PayloadTooLarge: 413,
  LimitExceeded: 413,
  RateLimited: 429,
  Internal: 500,
  Unknown: 500,
  OperationTimeout: 504,
} as const

export type ApiErrorType = keyof typeof codes

/** A refusal in the platform's form; `toJSON` is the body of the answer. */
export class BotpressApiError extends Error {
  public override readonly name = 'BotpressApiError'
  public readonly code: number

  public constructor(
    public readonly type: ApiErrorType,
    message: string,
  ) {
    super(message)
    this.code = codes[type]
  }

  public toJSON(): { code: number; type: string; message: string } {
    return { code: this.code, type: this.type, message: this.message }
  }
}

/**
 * An operation of the integration that failed: it answered with an error, did not answer, or broke the declared form.
 */
export class OperationFailed extends Error {
  public override readonly name = 'OperationFailed'

  public constructor(
    public readonly operation: string,
    public readonly type: string,
    message: string,
    public readonly status?: number,
  ) {
    super(message)
  }
}
