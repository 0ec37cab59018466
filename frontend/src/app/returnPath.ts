/** Only a path of this application may be returned to after signing in: "//elsewhere.example" is another site. */
export const returnPath = (given: string | null): string => (given && /^\/(?![/\\])/.test(given) ? given : "/");
