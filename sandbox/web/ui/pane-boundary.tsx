import { Component, type ReactNode } from 'react'
import { Button } from '@livechat/design-system-react-components'

type Props = { name: string; children: ReactNode }

/** Keeps an error of one pane from taking the other panes with it. */
export class PaneBoundary extends Component<Props, { error: Error | undefined }> {
  public override state: { error: Error | undefined } = { error: undefined }

  public static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  public override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <section className="pane broken" aria-label={this.props.name} role="alert">
        <h2>This pane has stopped working.</h2>
        <p>{error.message}</p>
        <Button kind="secondary" onClick={() => this.setState({ error: undefined })}>
          Show it again
        </Button>
      </section>
    )
  }
}
