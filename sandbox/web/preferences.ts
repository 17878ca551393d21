import { useState } from 'react'

/** State that survives a refresh of the page, if the browser allows it. */
export const useStored = <T>(name: string, initial: T): [T, (value: T) => void] => {
  const [value, setValue] = useState<T>(() => read(name, initial))
  const store = (next: T): void => {
    setValue(next)
    write(name, next)
  }
  return [value, store]
}

/** As `useStored`, and part of the page's address: whoever opens the address sees the same. */
export const useAddressed = (name: string, initial: string): [string, (value: string) => void] => {
  const [value, setValue] = useState(() => new URLSearchParams(location.search).get(name) ?? read(name, initial))
  const store = (next: string): void => {
    setValue(next)
    write(name, next)
    const query = new URLSearchParams(location.search)
    if (next === '') query.delete(name)
    else query.set(name, next)
    history.replaceState(null, '', query.size > 0 ? `?${query}` : location.pathname)
  }
  return [value, store]
}

const keyOf = (name: string): string => `sandbox.${name}`

const write = (name: string, value: unknown): void => {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(value))
  } catch {
    // Private windows may refuse. Then the value lasts as long as the page.
  }
}

const read = <T>(name: string, initial: T): T => {
  try {
    const text = localStorage.getItem(keyOf(name))
    return text === null ? initial : (JSON.parse(text) as T)
  } catch {
    return initial
  }
}
