"""Reads the EID and lists the profiles of an eUICC over PC/SC, in T=0 and with GET RESPONSE. Prints JSON."""
import json
import time

from smartcard.CardConnection import CardConnection
from smartcard.Exceptions import CardConnectionException, NoCardException
from smartcard.System import readers


def connected():
    for _ in range(100):
        try:
            connection = readers()[0].createConnection()
            connection.connect(CardConnection.T0_protocol)
            return connection
        except (IndexError, NoCardException, CardConnectionException):
            time.sleep(0.1)
    raise SystemExit('no card in the reader')


card = connected()


def transmit(command):
    data, sw1, sw2 = card.transmit(list(bytes.fromhex(command)))
    data = bytes(data)
    while sw1 == 0x61:
        rest, sw1, sw2 = card.transmit([int(command[:2], 16), 0xC0, 0, 0, sw2])
        data += bytes(rest)
    assert (sw1, sw2) == (0x90, 0x00), f'{command}: {sw1:02X}{sw2:02X}'
    return data.hex().upper()


transmit('80AA00000AA9088100820101830107')
channel = transmit('0070000001')
transmit(f'{channel}A4040010A0000005591010FFFFFFFF8900000100')
call = f'8{channel[1]}E29100'
print(json.dumps({
    'atr': bytes(card.getATR()).hex().upper(),
    'eid': transmit(f'{call}06BF3E035C015A'),
    'profiles': transmit(f'{call}06BF2D035C015A'),
    'closed': transmit(f'007080{channel}00'),
}))
