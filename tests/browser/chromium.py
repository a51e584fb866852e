"""Finds the system's Chromium for Playwright. Standard library only: it runs before anything is installed.

Playwright's own browser download is left out on purpose: a distribution's Chromium gets security updates with the
rest of the machine, and works where nothing but the package registries is reachable.
"""

import os
import platform
import shutil
import subprocess
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
"""Commands looked for on PATH, in this order."""

APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)

PACKAGES = ("chromium", "fonts-dejavu-core", "fonts-liberation")
"""Debian's names. Without a font every page is blank boxes and every layout figure is wrong."""

WITHOUT = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "SpareRendererForSitePerProcess",
    # Chromium takes the last list that it is given: these are what Playwright would leave out.
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
"""Parts of Chromium that are off. Of the first, two make a page for the suggestions under the address of every window,
which nobody sees here, and one keeps a process ready for the next site: half of what a new window costs."""


def find() -> Path | None:
    """Path of a Chromium, or None. `COACH_CHROMIUM` names one; when it is set, nothing else is tried."""
    chosen = os.environ.get("COACH_CHROMIUM")
    if chosen is not None:
        return Path(chosen) if Path(chosen).is_file() else None
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((Path(path) for path in APPLICATIONS if Path(path).is_file()), None)


def how_to_install() -> str:
    """The one command that brings a browser to this machine."""
    if platform.system() == "Darwin":
        return "brew install --cask chromium"
    if platform.system() == "Windows":
        return "winget install Google.Chrome"
    if shutil.which("apt-get"):
        return f"sudo apt-get install -y {' '.join(PACKAGES)}"
    if shutil.which("dnf"):
        return "sudo dnf install -y chromium"
    return "install Chromium with your system's package manager"


def install() -> bool:
    """Install with apt-get where that needs no password and no question. True when a browser is there afterwards."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not is_root or not shutil.which("apt-get"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES]):
        subprocess.run(
            ["apt-get", *command], env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False
        )
    return find() is not None


def launch(playwright: Any, **options: Any) -> Any:
    """A headless Chromium through `playwright` (the sync API).

    Chromium refuses its sandbox when started by root, as in CI; every page that a test opens is our own.
    """
    path = find()
    if path is None:
        raise RuntimeError(f"No Chromium on this machine. To get one: {how_to_install()}")
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        f"--disable-features={','.join(WITHOUT)}",
    ]
    return playwright.chromium.launch(executable_path=str(path), args=[*arguments, *options.pop("args", [])], **options)
