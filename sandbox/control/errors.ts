/** A refusal because of the caller's own mistake. */
export class ControlError extends Error {
  public override readonly name = 'ControlError'

  public constructor(
    public readonly status: number,
    message: string,
  ) {
    super(message)
  }
}
