/** A refusal that is the caller's own doing. */
export class ControlError extends Error {
  public override readonly name = 'ControlError'

  public constructor(
    public readonly status: number,
    message: string,
  ) {
    super(message)
  }
}
