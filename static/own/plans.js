/* How far the planner is, without loading the page anew; loaded once more when it has ended. */

const working = document.getElementById("working");
const progress = document.getElementById("progress");
const PAUSE_MS = 1000;

async function look() {
  try {
    const answer = await fetch(working.dataset.progress, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const told = await answer.json();
      if (!told.busy) {
        // What the last form said, such as “the planner has begun”, is no longer so.
        const asked = new URLSearchParams(location.search);
        asked.delete("sent");
        location.replace(asked.size ? `${location.pathname}?${asked}` : location.pathname);
        return;
      }
      if (told.said && progress.textContent !== told.said) progress.textContent = told.said;
    }
  } catch {
    // No connection just now; the next look follows.
  }
  setTimeout(look, PAUSE_MS);
}

if (working) setTimeout(look, PAUSE_MS);
