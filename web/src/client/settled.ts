import { useEffect, useState } from 'react';

/** What was typed, once nobody has typed for a moment: the hub is not asked for each letter. */
export function useSettled<Value>(value: Value): Value {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), 600);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
