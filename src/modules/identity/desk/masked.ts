/** The last three digits with dots before them: enough to compare with the paper in the hand, too little to copy a list from. */
export const masked = (number: string): string => `•••${number.slice(-3)}`
