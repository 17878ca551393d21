import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react'
import { Button, Icon } from '@livechat/design-system-react-components'
import { Close, ErrorFilled, InfoFilled } from '@livechat/design-system-icons'

type Notice = { id: number; text: string; kind: 'error' | 'info' }
type Notices = {
  tell: (text: string) => void
  /** Runs an action of the user. A failure is shown, not thrown. Resolves with whether the action worked. */
  attempt: (action: Promise<unknown>) => Promise<boolean>
}

const SHOWN_MS = 6_000
const Context = createContext<Notices | undefined>(undefined)

export const useNotices = (): Notices => {
  const notices = useContext(Context)
  if (!notices) throw new Error('useNotices outside of NoticeArea')
  return notices
}

export const NoticeArea = ({ children }: { children: ReactNode }) => {
  const [shown, setShown] = useState<Notice[]>([])
  const nextId = useRef(1)
  const dismiss = useCallback((id: number) => setShown((all) => all.filter((notice) => notice.id !== id)), [])
  const notices = useMemo((): Notices => {
    const show = (text: string, kind: Notice['kind']): void => {
      const id = nextId.current++
      setShown((all) => [...all.slice(-2), { id, text, kind }])
      setTimeout(() => dismiss(id), SHOWN_MS)
    }
    return {
      tell: (text) => show(text, 'info'),
      attempt: async (action) => {
        try {
          await action
          return true
        } catch (error) {
          show(error instanceof Error ? error.message : String(error), 'error')
          return false
        }
      },
    }
  }, [dismiss])

  return (
    <Context.Provider value={notices}>
      {children}
      <div className="notices" role="status" aria-live="polite">
        {shown.map(({ id, text, kind }) => (
          <div key={id} className={`notice notice--${kind}`}>
            <Icon source={kind === 'error' ? ErrorFilled : InfoFilled} size="small" />
            <span className="notice__text">{text}</span>
            <Button
              kind="plain"
              size="xcompact"
              aria-label="Dismiss"
              icon={<Icon source={Close} size="small" />}
              onClick={() => dismiss(id)}
            />
          </div>
        ))}
      </div>
    </Context.Provider>
  )
}
