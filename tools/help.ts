/** Prints how a command is used, if that is what was asked for. Then the command has nothing else to do. */
export const printsHelp = (help: string): boolean => {
  const isAsked = process.argv.slice(2).some((arg) => arg === '--help' || arg === '-h')
  if (isAsked) console.log(help)
  return isAsked
}
