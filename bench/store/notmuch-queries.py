"""Times queries in libnotmuch itself: argv DATABASE ROUNDS, queries on stdin, microseconds for each on stdout.

One process and one open database for all; each query is what `notmuch search --limit=50 --output=messages` does:
newest first, the ids of the first 50.
"""
import ctypes, ctypes.util, sys, time

lib = ctypes.CDLL(ctypes.util.find_library('notmuch') or 'libnotmuch.so.5')
pointer = ctypes.c_void_p
for name, result, arguments in (
    ('notmuch_database_open', ctypes.c_int, [ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(pointer)]),
    ('notmuch_query_create', pointer, [pointer, ctypes.c_char_p]),
    ('notmuch_query_set_sort', None, [pointer, ctypes.c_int]),
    ('notmuch_query_search_messages', ctypes.c_int, [pointer, ctypes.POINTER(pointer)]),
    ('notmuch_messages_valid', ctypes.c_int, [pointer]),
    ('notmuch_messages_get', pointer, [pointer]),
    ('notmuch_messages_move_to_next', None, [pointer]),
    ('notmuch_message_get_message_id', ctypes.c_char_p, [pointer]),
    ('notmuch_query_destroy', None, [pointer]),
):
    function = getattr(lib, name)
    function.restype, function.argtypes = result, arguments

database = pointer()
if lib.notmuch_database_open(sys.argv[1].encode(), 0, ctypes.byref(database)) != 0:
    sys.exit('the database cannot be opened')
queries = sys.stdin.read().splitlines()
for _ in range(int(sys.argv[2])):
    for text in queries:
        begun = time.perf_counter()
        query = lib.notmuch_query_create(database, text.encode())
        lib.notmuch_query_set_sort(query, 1)
        messages = pointer()
        lib.notmuch_query_search_messages(query, ctypes.byref(messages))
        found = 0
        while found < 50 and lib.notmuch_messages_valid(messages):
            lib.notmuch_message_get_message_id(lib.notmuch_messages_get(messages))
            lib.notmuch_messages_move_to_next(messages)
            found += 1
        lib.notmuch_query_destroy(query)
        print(round((time.perf_counter() - begun) * 1e6), found)
