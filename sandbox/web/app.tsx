import { useEffect } from 'react'
import { Loader, ThemeProvider, useTheme } from '@livechat/design-system-react-components'
import type { Snapshot } from '../control/views'
import { CustomerPane } from './customer/customer-pane'
import { DeskPane } from './desk/desk-pane'
import { Inspector } from './inspector/inspector'
import { NoticeArea } from './notices'
import { useStored } from './preferences'
import { useLive } from './store'
import { TopBar, type Theme } from './top-bar'
import { PaneTabs, type Pane } from './pane-tabs'

const preferredTheme = (): Theme => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')

export const App = () => {
  const [theme, setTheme] = useStored<Theme>('theme', preferredTheme())
  return (
    <ThemeProvider initialTheme={theme}>
      <ThemeFollower theme={theme} />
      <NoticeArea>
        <Sandbox theme={theme} onTheme={setTheme} />
      </NoticeArea>
    </ThemeProvider>
  )
}

const ThemeFollower = ({ theme }: { theme: Theme }) => {
  const { setTheme } = useTheme()
  useEffect(() => {
    setTheme(theme)
    document.documentElement.style.colorScheme = theme
  }, [theme, setTheme])
  return null
}

const Sandbox = ({ theme, onTheme }: { theme: Theme; onTheme: (theme: Theme) => void }) => {
  const { snapshot, entries, isConnected } = useLive()
  const [pane, setPane] = useStored<Pane>('pane', 'customer')
  const [wantedPerson, setPerson] = useStored('person', '')
  if (!snapshot) return <Waiting isConnected={isConnected} />
  const personId = chosen(snapshot, wantedPerson)
  return (
    <div className="app" data-pane={pane}>
      <TopBar snapshot={snapshot} theme={theme} onTheme={onTheme} />
      {!isConnected && (
        <p className="app__lost" role="alert">
          The sandbox does not answer. Start it again with <code>npm start</code>; this page reconnects by itself.
        </p>
      )}
      <main className="app__panes">
        <CustomerPane snapshot={snapshot} personId={personId} onPerson={setPerson} theme={theme} />
        <DeskPane snapshot={snapshot} />
        <Inspector snapshot={snapshot} entries={entries} />
      </main>
      <PaneTabs pane={pane} onPane={setPane} />
    </div>
  )
}

const chosen = ({ people }: Snapshot, wanted: string): string =>
  (people.find(({ id }) => id === wanted) ?? people[0])?.id ?? ''

const Waiting = ({ isConnected }: { isConnected: boolean }) => (
  <div className="app__waiting">
    {isConnected ? (
      <Loader label="Connecting to the sandbox" />
    ) : (
      <p role="alert">
        The sandbox does not answer. Start it with <code>npm start</code>.
      </p>
    )}
  </div>
)
