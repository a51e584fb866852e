"""The reference: the least that passes sound on in both directions, with asyncio and `websockets`, and nothing else.

python -m benchmarks.voice_bench.relay VENDOR_PORT CAFILE CORE      prints its port
"""

import asyncio
import ssl
import sys

from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from benchmarks.voice_bench import wire


async def main() -> None:
    vendor, cafile, core = sys.argv[1:]
    wire.pin(int(core))
    context = ssl.create_default_context(cafile=cafile)

    async def pass_on(source: object, goal: object) -> None:
        try:
            async for message in source:  # type: ignore[attr-defined]
                await goal.send(message)  # type: ignore[attr-defined]
        except ConnectionClosed:
            pass

    async def relay(browser: ServerConnection) -> None:
        url = f"wss://127.0.0.1:{vendor}/raw"
        async with connect(url, ssl=context, compression=None, max_queue=None) as there:
            up, down = asyncio.create_task(pass_on(browser, there)), asyncio.create_task(pass_on(there, browser))
            await asyncio.wait((up, down), return_when=asyncio.FIRST_COMPLETED)
            up.cancel()
            down.cancel()

    async with serve(relay, "127.0.0.1", 0, compression=None, max_queue=None, backlog=500) as server:
        print(next(iter(server.sockets)).getsockname()[1], flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
