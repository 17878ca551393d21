/** Newer compilers ask for the type of every import, also of those that only have an effect. */
declare module '*.css'
