import { useState } from 'react'

/** State that outlives a refresh of the page, where the browser allows it. */
export const useStored = <T>(name: string, initial: T): [T, (value: T) => void] => {
  const key = `sandbox.${name}`
  const [value, setValue] = useState<T>(() => read(key, initial))
  const store = (next: T): void => {
    setValue(next)
    try {
      localStorage.setItem(key, JSON.stringify(next))
    } catch {
      // Private windows may refuse: then it lasts as long as the page.
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
