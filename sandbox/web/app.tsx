import { useEffect } from 'react'
import { Loader, ThemeProvider, useTheme } from '@livechat/design-system-react-components'
import { CustomerPane } from './customer/customer-pane'
import { DeskPane } from './desk/desk-pane'
import { Inspector } from './inspector/inspector'
import { useLive } from './live/connection'
import { NoticeArea } from './notices'
import { PaneTabs, type Pane } from './pane-tabs'
import { useAddressed, useStored } from './preferences'
import { Controls } from './controls/controls'
import { TopBar, type Theme } from './top-bar'
import { PaneBoundary } from './ui/pane-boundary'
import { Splitter } from './ui/splitter'

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

/** Leaves room for a chat on the screen of a small laptop. */
const [MIN_INSPECTOR_PX, MAX_INSPECTOR_PX, MIN_CUSTOMER_PX, MAX_CUSTOMER_PX] = [96, 640, 300, 640]
/** What everything above the inspector needs. */
const ABOVE_INSPECTOR_PX = 480
const highestInspectorPx = (): number =>
  Math.max(MIN_INSPECTOR_PX, Math.min(MAX_INSPECTOR_PX, innerHeight - ABOVE_INSPECTOR_PX))
const usualInspectorPx = (): number => (innerHeight < 720 ? 132 : 264)

const Sandbox = ({ theme, onTheme }: { theme: Theme; onTheme: (theme: Theme) => void }) => {
  const isReady = useLive(({ state }) => state !== undefined)
  const isConnected = useLive((live) => live.isConnected)
  const isRecorded = useLive(({ state }) => state?.recordedAt !== undefined)
  const [pane, setPane] = useAddressed('pane', 'customer')
  const [personId, setPerson] = useAddressed('person', '')
  const [chatId, setChat] = useAddressed('chat', '')
  const [inspectorPx, setInspectorPx] = useStored('inspectorHeight', usualInspectorPx())
  const [customerPx, setCustomerPx] = useStored('customerWidth', 392)
  const [isInspectorOpen, setInspectorOpen] = useStored('inspectorOpen', true)
  const [wantsControls, setControlsOpen] = useStored('controlsOpen', false)
  const areControlsOpen = wantsControls && !isRecorded
  if (!isReady) return <Waiting isConnected={isConnected} />
  // The height that was stored may come from a larger window.
  const shownInspectorPx = Math.min(inspectorPx, highestInspectorPx())
  const sizes = { '--inspector-height': `${shownInspectorPx}px`, '--customer-width': `${customerPx}px` }
  return (
    <div className="app" data-pane={pane} data-controls={areControlsOpen} style={sizes as Record<string, string>}>
      <TopBar
        theme={theme}
        onTheme={onTheme}
        onPerson={setPerson}
        onChat={setChat}
        areControlsOpen={areControlsOpen}
        onControls={setControlsOpen}
      />
      {!isConnected && (
        <p className="app__lost" role="alert">
          The sandbox is not running. Start it again with <code>npm start</code>; this page reconnects by itself.
        </p>
      )}
      <main className="app__panes">
        <PaneBoundary name="Customer">
          <CustomerPane personId={personId} onPerson={setPerson} theme={theme} />
        </PaneBoundary>
        <Splitter
          label="Width of the customer’s pane"
          resizes="width"
          size={customerPx}
          min={MIN_CUSTOMER_PX}
          max={MAX_CUSTOMER_PX}
          growsForward
          onSize={setCustomerPx}
        />
        <PaneBoundary name="Agent">
          <DeskPane chatId={chatId} onChat={setChat} />
        </PaneBoundary>
        {isInspectorOpen && (
          <Splitter
            label="Height of the inspector"
            resizes="height"
            size={shownInspectorPx}
            min={MIN_INSPECTOR_PX}
            max={highestInspectorPx()}
            growsForward={false}
            onSize={setInspectorPx}
          />
        )}
        <PaneBoundary name="Inspector">
          <Inspector isOpen={isInspectorOpen} onOpen={setInspectorOpen} />
        </PaneBoundary>
      </main>
      {areControlsOpen && (
        <PaneBoundary name="Controls">
          <Controls
            onClose={() => {
              setControlsOpen(false)
              document.getElementById('controls-opener')?.focus()
            }}
          />
        </PaneBoundary>
      )}
      <PaneTabs pane={pane as Pane} onPane={setPane} />
    </div>
  )
}

const Waiting = ({ isConnected }: { isConnected: boolean }) => (
  <div className="app__waiting">
    {isConnected ? (
      <Loader label="Connecting to the sandbox" />
    ) : (
      <p role="alert">
        The sandbox is not running. Start it with <code>npm start</code>.
      </p>
    )}
  </div>
)
