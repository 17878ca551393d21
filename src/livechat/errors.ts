/** Everything that a call to LiveChat can end in, other than its answer. */
export abstract class LiveChatError extends Error {
  /** LiveChat may have carried the request out although no answer arrived: never repeat an unkeyed write blindly. */
  public abstract readonly mayHaveLanded: boolean
  /** The same request may succeed a little later. */
  public abstract readonly retryable: boolean
}

/** LiveChat's APIs answered with an error. `type` is LiveChat's word for it, `unknown` when the body had none. */
export class LiveChatApiError extends LiveChatError {
  public override readonly name = 'LiveChatApiError'
  public readonly mayHaveLanded: boolean
  public readonly retryable: boolean

  public constructor(
    public readonly action: string,
    public readonly type: string,
    public readonly status: number,
    public readonly detail: {
      message?: string | undefined
      region?: string | undefined
      retryAfterMs?: number | undefined
    } = {},
  ) {
    super(`LiveChat refused ${action}: ${type} (HTTP ${status})`)
    // An `internal` error or a bare 5xx says nothing about whether the write happened before it.
    const isServerFault =
      type === 'internal' || type === 'request_timeout' || (status >= 500 && type !== 'service_unavailable')
    this.mayHaveLanded = isServerFault
    this.retryable = isServerFault || type === 'too_many_requests' || type === 'service_unavailable' || status === 429
  }
}

/**
 * The accounts server refused to give a token. `exception` and `details` are LiveChat's words, `redirectUri` is the address
 * that it was asked with.
 */
export class LiveChatAccountsError extends LiveChatError {
  public override readonly name = 'LiveChatAccountsError'
  public readonly mayHaveLanded = false
  public readonly retryable: boolean

  public constructor(
    public readonly exception: string,
    public readonly details: string | undefined,
    public readonly status: number,
    public readonly redirectUri?: string,
  ) {
    super(`LiveChat's accounts server refused: ${exception}${details ? `, ${details}` : ''} (HTTP ${status})`)
    this.retryable =
      exception === 'server_error' || exception === 'temporarily_unavailable' || status === 429 || status >= 500
  }
}

/** No connection, or one that broke. */
export class LiveChatNetworkError extends LiveChatError {
  public override readonly name = 'LiveChatNetworkError'
  public readonly mayHaveLanded: boolean
  public readonly retryable = true

  public constructor(
    public readonly action: string,
    public readonly code: string,
  ) {
    super(`LiveChat was not reached for ${action}: ${code}`)
    this.mayHaveLanded = !['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code)
  }
}

/** No answer in time. */
export class LiveChatTimeoutError extends LiveChatError {
  public override readonly name = 'LiveChatTimeoutError'
  public readonly mayHaveLanded = true
  public readonly retryable = true

  public constructor(public readonly action: string) {
    super(`LiveChat did not answer ${action} in time`)
  }
}

/** LiveChat answered success in a shape we cannot use. `paths` name the fields, never their values. */
export class LiveChatSchemaError extends LiveChatError {
  public override readonly name = 'LiveChatSchemaError'
  public readonly mayHaveLanded = true
  public readonly retryable = false

  public constructor(
    public readonly action: string,
    public readonly paths: string[],
  ) {
    super(`LiveChat's answer to ${action} lacks: ${paths.join(', ')}`)
  }
}

/** The stored identity no longer gives a token for the same customer: sessions of that customer cannot be written to. */
export class LiveChatIdentityLostError extends LiveChatError {
  public override readonly name = 'LiveChatIdentityLostError'
  public readonly mayHaveLanded = false
  public readonly retryable = false

  public constructor(public readonly customerId: string) {
    super(`LiveChat no longer recognises customer ${customerId}`)
  }
}

export const isApiErrorOfType = (error: unknown, ...types: string[]): error is LiveChatApiError =>
  error instanceof LiveChatApiError && types.includes(error.type)
