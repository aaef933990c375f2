import ArgumentParser
import Crypto
import Hummingbird
import Yams
print("hello")
