// Records a spoken story: speak, stop, listen; what was recorded goes into the form's own field.
const box = document.querySelector(".record");
const can = box && navigator.mediaDevices && window.MediaRecorder && window.DataTransfer;

if (can) {
  const longest = Number(box.dataset.longest);
  const speak = box.querySelector("[data-do=speak]");
  const stop = box.querySelector("[data-do=stop]");
  const left = box.querySelector(".left");
  const said = box.querySelector(".state-said");
  const listen = box.querySelector(".listen");
  const field = document.getElementById("sound");
  const words = (name) => box.querySelector(`template[data-say=${name}]`).innerHTML;
  const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
  let recorder = null;
  let ticking = 0;
  let address = "";

  const showLeft = (seconds) => {
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };

  const kept = (parts, kind) => {
    const plain = kind.split(";")[0];
    const file = new File(parts, `balss.${plain.split("/")[1]}`, { type: plain });
    const chosen = new DataTransfer();
    chosen.items.add(file);
    field.files = chosen.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    URL.revokeObjectURL(address);
    address = URL.createObjectURL(file);
    listen.querySelector("audio").src = address;
    listen.hidden = false;
    said.textContent = words("listen");
    speak.textContent = words("again");
  };

  const end = () => {
    clearInterval(ticking);
    if (recorder && recorder.state !== "inactive") recorder.stop();
    box.classList.remove("speaking");
    speak.hidden = false;
    stop.hidden = true;
  };

  const begin = async () => {
    let sound;
    try {
      sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      said.textContent = words("refused");
      return;
    }
    const kind = KINDS.find((one) => MediaRecorder.isTypeSupported(one));
    recorder = new MediaRecorder(sound, { ...(kind && { mimeType: kind }), audioBitsPerSecond: 64000 });
    const parts = [];
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      for (const track of sound.getTracks()) track.stop();
      kept(parts, recorder.mimeType);
    });
    recorder.start(1000);
    const since = Date.now();
    listen.hidden = true;
    said.textContent = words("speaking");
    box.classList.add("speaking");
    speak.hidden = true;
    stop.hidden = false;
    stop.focus();
    ticking = setInterval(() => {
      const seconds = longest - Math.floor((Date.now() - since) / 1000);
      showLeft(Math.max(0, seconds));
      if (seconds <= 0) end();
    }, 250);
  };

  box.hidden = false;
  showLeft(longest);
  speak.addEventListener("click", () => { showLeft(longest); begin(); });
  stop.addEventListener("click", () => { end(); speak.focus(); });
}
