const REACHES = ['my', 'access', 'all']
const RIGHTS = ['ro', 'rw']

type Scope = { resource: string; reach: number; right: number }

/** `chats--access:rw`, or without a reach, such as `customers:rw`. */
const parse = (scope: string): Scope => {
  const [name = '', right = 'ro'] = scope.split(':')
  const [resource = '', reach] = name.split('--')
  return {
    resource,
    reach: reach === undefined ? REACHES.length : REACHES.indexOf(reach),
    right: RIGHTS.indexOf(right),
  }
}

/** `rw` includes `ro`; `all` includes `access` and `my`; `access` includes `my`. */
export const hasScope = (granted: string[], needed: string): boolean => {
  if (granted.includes(needed)) return true
  const wanted = parse(needed)
  return granted
    .map(parse)
    .some(
      ({ resource, reach, right }) => resource === wanted.resource && reach >= wanted.reach && right >= wanted.right,
    )
}
