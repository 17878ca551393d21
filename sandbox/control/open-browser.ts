import { spawn } from 'node:child_process'

const opener = (): string[] | undefined => {
  if (process.platform === 'darwin') return ['open']
  if (process.platform === 'win32') return ['cmd', '/c', 'start', '']
  const hasDesktop = process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined
  return hasDesktop ? ['xdg-open'] : undefined
}

/** Opens an address in the desktop's browser. If there is none, or it fails, the printed address must do. */
export const openBrowser = (url: string): void => {
  const [command, ...parameters] = opener() ?? []
  if (command === undefined) return
  const child = spawn(command, [...parameters, url], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
