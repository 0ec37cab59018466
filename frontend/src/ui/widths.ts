/**
 * How wide what is read or filled in may be: lines of about 80 signs. Tables, boards and what stands side by side have
 * no width of their own and take the whole screen. No third width: `tests/architecture` of the screens holds it.
 */
export const READING = "46rem";
