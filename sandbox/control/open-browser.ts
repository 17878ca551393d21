import { spawn } from 'node:child_process'

const opener = (): string[] | undefined => {
  if (process.platform === 'darwin') return ['open']
  if (process.platform === 'win32') return ['cmd', '/c', 'start', '']
  const hasDesktop = process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined
  return hasDesktop ? ['xdg-open'] : undefined
}

/** Opens an address where there is a desktop; elsewhere, and when that fails, the printed address has to do. */
export const openBrowser = (url: string): void => {
  const [command, ...parameters] = opener() ?? []
  if (command === undefined) return
  const child = spawn(command, [...parameters, url], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
