/** The sign of the product: a letter O. */
export function Brand({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="6" fill="#123a63" stroke="#fff" strokeWidth="1" />
      <circle cx="16" cy="16" r="8.5" fill="none" stroke="#fff" strokeWidth="4" />
    </svg>
  );
}
