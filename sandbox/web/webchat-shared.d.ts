/** What the types of `@botpress/webchat` take from `@bpinternal/shared`, as far as we use it. */
export type LatestWebchatConfig = Partial<
  Record<
    'botName' | 'botDescription' | 'botAvatar' | 'email' | 'phone' | 'website' | 'composerPlaceholder' | 'footer',
    string
  >
> & {
  privacyPolicy?: string
  termsOfService?: string
  soundEnabled?: boolean
}

export type LatestWebchatTheme = {
  color: string
  fontFamily: string
  radius: number
  themeMode: 'light' | 'dark'
  variant: 'soft' | 'solid'
  headerVariant: 'solid' | 'glass'
  additionalStylesheet: string
  additionalStylesheetUrl: string
}

export type EventEmitter<Events> = { on: (type: keyof Events, handler: (event: Events[keyof Events]) => void) => void }
export declare const createEventEmitter: <Events>() => EventEmitter<Events>
