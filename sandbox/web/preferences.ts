import { useState } from 'react'

/** State that survives a refresh of the page, if the browser allows it. */
export const useStored = <T>(name: string, initial: T): [T, (value: T) => void] => {
  const key = `sandbox.${name}`
  const [value, setValue] = useState<T>(() => read(key, initial))
  const store = (next: T): void => {
    setValue(next)
    try {
      localStorage.setItem(key, JSON.stringify(next))
    } catch {
      // Private windows may refuse. Then the value lasts as long as the page.
    }
  }
  return [value, store]
}

const read = <T>(key: string, initial: T): T => {
  try {
    const text = localStorage.getItem(key)
    return text === null ? initial : (JSON.parse(text) as T)
  } catch {
    return initial
  }
}
