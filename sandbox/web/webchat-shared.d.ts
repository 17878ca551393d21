/** The parts of `@bpinternal/shared` that the types of `@botpress/webchat` use, as far as we need them. */
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
