/** Stands for the path of a field if an answer is no JSON at all. */
export const notJson = '(not JSON)'

/**
 * The base class of the errors of a failed call to LiveChat. If the deadline passes between two attempts, the call
 * throws a DeadlineExceededError instead.
 */
export abstract class LiveChatError extends Error {
  /**
   * LiveChat may have carried out the request although the call failed. Before you repeat a write that has no key, find
   * out whether the first one took effect.
   */
  public abstract readonly mayHaveLanded: boolean
  /** The same request may succeed later. */
  public abstract readonly retryable: boolean
}

/** A LiveChat API answered with an error. `type` is LiveChat's name for it, or `unknown` if the body has none. */
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
    // After a server fault, we do not know whether the write took effect. Only `service_unavailable` means that it did
    // not.
    const isServerFault =
      type === 'internal' || type === 'request_timeout' || (status >= 500 && type !== 'service_unavailable')
    this.mayHaveLanded = isServerFault
    this.retryable = isServerFault || type === 'too_many_requests' || type === 'service_unavailable' || status === 429
  }
}

/**
 * The accounts server did not give a token. `exception` and `details` are LiveChat's words. `redirectUri` is the URI
 * that we sent.
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

/** The connection failed or broke. */
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

/** LiveChat's answer is larger than we can read. The next one would be as large. */
export class LiveChatTooLargeError extends LiveChatError {
  public override readonly name = 'LiveChatTooLargeError'
  public readonly mayHaveLanded = true
  public readonly retryable = false

  public constructor(public readonly action: string) {
    super(`LiveChat's answer to ${action} is too large`)
  }
}

/** LiveChat did not answer in time. */
export class LiveChatTimeoutError extends LiveChatError {
  public override readonly name = 'LiveChatTimeoutError'
  public readonly mayHaveLanded = true
  public readonly retryable = true

  public constructor(public readonly action: string) {
    super(`LiveChat did not answer ${action} in time`)
  }
}

/** LiveChat answered with success, but in a shape that we cannot use. `paths` name the fields, never their values. */
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

  /** The answer is no JSON, such as a web page: it does not come from LiveChat's API. */
  public get isOfStranger(): boolean {
    return this.paths[0] === notJson
  }
}

/**
 * The customer's identity is lost: LiveChat gives no more tokens for it, or Botpress no longer stores it. So we cannot
 * write to the sessions of this customer.
 */
export class LiveChatIdentityLostError extends LiveChatError {
  public override readonly name = 'LiveChatIdentityLostError'
  public readonly mayHaveLanded = false
  public readonly retryable = false

  public constructor(public readonly customerId: string) {
    super(`LiveChat no longer recognises customer ${customerId}`)
  }
}

/** We could not read the thread that shows who wrote an event. */
export class LiveChatAuthorUnknownError extends LiveChatError {
  public override readonly name = 'LiveChatAuthorUnknownError'
  public readonly mayHaveLanded = false
  public readonly retryable = true
}

/** Nothing shows whether an agent or a start of ours has opened a thread. */
export class LiveChatOpenerUnknownError extends LiveChatError {
  public override readonly name = 'LiveChatOpenerUnknownError'
  public readonly mayHaveLanded = false
  public readonly retryable = true
}

export const isApiErrorOfType = (error: unknown, ...types: string[]): error is LiveChatApiError =>
  error instanceof LiveChatApiError && types.includes(error.type)

/**
 * LiveChat takes no more messages for this thread. The thread is closed, its chat is anonymized or does not exist, or
 * its customer is banned or lost.
 */
export const isThreadGone = (error: unknown): boolean =>
  error instanceof LiveChatIdentityLostError ||
  isApiErrorOfType(error, 'chat_inactive', 'chat_anonymized', 'customer_banned', 'not_found')
