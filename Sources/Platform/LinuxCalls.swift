// Calls of the C library that its Swift module hides, because they are not in POSIX.
//
// `@_silgen_name` binds a name without a header: right as long as all parameters and results are
// integers and pointers, which both calling conventions pass in the same registers. A module map
// with a header would replace this file.

@_silgen_name("accept4")
func accept4(
  _ number: Int32, _ address: UnsafeMutableRawPointer?, _ byteCount: UnsafeMutableRawPointer?,
  _ flags: Int32
) -> Int32

@_silgen_name("pipe2")
func pipe2(_ numbers: UnsafeMutableRawPointer?, _ flags: Int32) -> Int32

@_silgen_name("epoll_create1")
func epollCreate(_ flags: Int32) -> Int32

@_silgen_name("epoll_ctl")
func epollControl(
  _ port: Int32, _ operation: Int32, _ number: Int32, _ event: UnsafeMutableRawPointer?
) -> Int32

@_silgen_name("epoll_wait")
func epollWait(
  _ port: Int32, _ events: UnsafeMutableRawPointer?, _ countMax: Int32, _ timeout: Int32
) -> Int32

@_silgen_name("statfs")
func statfs(_ path: UnsafePointer<CChar>, _ result: UnsafeMutableRawPointer?) -> Int32

@_silgen_name("eventfd")
func eventCounter(_ initial: UInt32, _ flags: Int32) -> Int32

@_silgen_name("mallopt")
func setAllocator(_ parameter: Int32, _ value: Int32) -> Int32

@_silgen_name("pthread_setname_np")
func nameThread(_ thread: UInt, _ name: UnsafePointer<CChar>) -> Int32
