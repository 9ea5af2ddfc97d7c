// Of several answers that come in any order, the one that is still waited for.

/**
 * A function whose answers are null when it was called again meanwhile.
 * @template {unknown[]} Asked
 * @template Given
 * @param {(...asked: Asked) => Promise<Given>} ask
 * @returns {(...asked: Asked) => Promise<Given | null>}
 */
export function latest(ask) {
  let last = 0;
  return async (...asked) => {
    const mine = ++last;
    try {
      const given = await ask(...asked);
      return mine === last ? given : null;
    } catch (error) {
      if (mine !== last) return null;
      throw error;
    }
  };
}
